# INTENT: Cells that are numbers, lists and null.
# TECHNIQUE: 40
# EXERCISE: causal_mask
# EXPECT: missing; score 0
# NOTEBOOK: odd_cells
