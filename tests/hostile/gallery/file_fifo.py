# INTENT: A named pipe, which would never end.
# TECHNIQUE: 42
# EXERCISE: causal_mask
# EXPECT: unreadable; score 0
# NOTEBOOK: fifo
