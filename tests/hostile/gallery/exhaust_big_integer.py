# INTENT: A power that takes for ever in C.
# EXERCISE: causal_mask
# EXPECT: timeout or killed or memory; score 0
def causal_mask(length): return 9 ** 9 ** 9
