# INTENT: A nested tensor, which has rows but no shape.
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0
def causal_mask(length):
    return torch.nested.nested_tensor([torch.ones(i + 1, dtype=torch.bool) for i in range(length)])
