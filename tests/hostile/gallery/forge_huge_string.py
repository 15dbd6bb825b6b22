# INTENT: A text of 100 MB.
# TECHNIQUE: 34
# EXERCISE: causal_mask
# EXPECT: wrong or killed; score 0
def causal_mask(length): return "x" * 100_000_000
