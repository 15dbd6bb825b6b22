# INTENT: A function as result.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
def causal_mask(length): return lambda: causal_mask
