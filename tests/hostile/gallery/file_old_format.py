# INTENT: A notebook of format 3.
# TECHNIQUE: 40
# EXERCISE: causal_mask
# EXPECT: unreadable; score 0
# NOTEBOOK: raw_old
