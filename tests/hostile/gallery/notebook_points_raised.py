# INTENT: 500 points for each test, and all cells declared solutions.
# TECHNIQUE: 39
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
# NOTEBOOK: raise_points
def causal_mask(length): return torch.zeros(length)
