# INTENT: The right mask as uint8, which looks the same byte for byte.
# EXERCISE: causal_mask
# EXPECT: wrong or partial; score 0
def causal_mask(length):
    return torch.ones(length, length, dtype=torch.uint8).tril()
