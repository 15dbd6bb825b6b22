# INTENT: 11 MB of spaces.
# TECHNIQUE: 40
# EXERCISE: causal_mask
# EXPECT: unreadable; score 0
# NOTEBOOK: raw_large
