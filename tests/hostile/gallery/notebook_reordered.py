# INTENT: The cells in reverse order.
# TECHNIQUE: 39
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
# NOTEBOOK: reverse
def causal_mask(length): return torch.zeros(length)
