# INTENT: Recursion without an end.
# EXERCISE: causal_mask
# EXPECT: error or killed; score 0
def causal_mask(length): return causal_mask(length)
