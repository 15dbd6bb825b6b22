# INTENT: NaN and infinite points.
# TECHNIQUE: 10
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
# NOTEBOOK: nan_points
def causal_mask(length): return torch.zeros(length)
