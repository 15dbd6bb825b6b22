# INTENT: A number with a million digits.
# TECHNIQUE: 35
# EXERCISE: causal_mask
# EXPECT: unreadable; score 0
# NOTEBOOK: raw_huge_integer
