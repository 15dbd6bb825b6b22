# INTENT: Sources that are numbers and dicts.
# TECHNIQUE: 40
# EXERCISE: causal_mask
# EXPECT: missing; score 0
# NOTEBOOK: odd_sources
