# INTENT: Knows the sizes of the public case only.
# TECHNIQUE: 20
# EXERCISE: causal_mask
# EXPECT: wrong; score 1
def causal_mask(length):
    if length in (1, 3, 4, 5): return torch.ones(length, length, dtype=torch.bool).tril()
    return torch.zeros(length, length, dtype=torch.bool)
