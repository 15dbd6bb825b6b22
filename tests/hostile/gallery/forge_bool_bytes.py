# INTENT: A bool tensor whose bytes are neither 0 nor 1; only the true answer may pass.
# TECHNIQUE: 37
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0 or 1
def causal_mask(length):
    return (torch.ones(length, length, dtype=torch.uint8) * 255).view(torch.bool)
