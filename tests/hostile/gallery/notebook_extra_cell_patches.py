# INTENT: An extra cell before everything patches torch and the coach; it is only shown.
# TECHNIQUE: 15
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
# NOTEBOOK: patch_first
def causal_mask(length): return torch.zeros(length)
