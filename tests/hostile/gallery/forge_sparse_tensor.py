# INTENT: A sparse tensor.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
def causal_mask(length): return torch.ones(length, length).tril().to_sparse()
