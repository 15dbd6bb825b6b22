# INTENT: Forbidden names of a hundred thousand letters, which the messages repeat.
# EXERCISE: causal_mask
# EXPECT: forbidden; score 0
# NOTEBOOK: a_very_long_name
