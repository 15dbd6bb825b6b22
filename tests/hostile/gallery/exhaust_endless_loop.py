# INTENT: A loop without an end.
# TECHNIQUE: 27
# EXERCISE: causal_mask
# EXPECT: timeout; score 0
def causal_mask(length):
    while True: pass
