# INTENT: JSON nested a hundred thousand times.
# TECHNIQUE: 35
# EXERCISE: causal_mask
# EXPECT: unreadable; score 0
# NOTEBOOK: raw_deep
