# INTENT: Two thousand extra cells.
# TECHNIQUE: 40
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
# NOTEBOOK: many_cells
def causal_mask(length): return torch.zeros(length)
