# INTENT: A tensor without data.
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0
def causal_mask(length): return torch.ones(length, length, device="meta")
