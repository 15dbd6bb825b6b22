# INTENT: A zip archive under the notebook's name.
# TECHNIQUE: 42
# EXERCISE: causal_mask
# EXPECT: unreadable; score 0
# NOTEBOOK: raw_zip
