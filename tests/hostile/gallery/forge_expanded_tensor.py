# INTENT: A tensor of one byte that claims to be a matrix.
# EXERCISE: causal_mask
# EXPECT: wrong; score 1
def causal_mask(length): return torch.ones(1, dtype=torch.bool).expand(length, length)
