# INTENT: A link to the gradebook.
# TECHNIQUE: 41
# EXERCISE: causal_mask
# EXPECT: unreadable; score 0
# NOTEBOOK: link
