# INTENT: Ten thousand cells.
# TECHNIQUE: 40
# EXERCISE: causal_mask
# EXPECT: unreadable; score 0
# NOTEBOOK: raw_cells
