# INTENT: A notebook in UTF-16.
# TECHNIQUE: 40
# EXERCISE: causal_mask
# EXPECT: unreadable; score 0
# NOTEBOOK: raw_utf16
