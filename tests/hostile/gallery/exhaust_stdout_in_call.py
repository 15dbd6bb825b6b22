# INTENT: Prints without an end in the call.
# TECHNIQUE: 34
# EXERCISE: causal_mask
# EXPECT: wrong or killed or timeout; score 0
def causal_mask(length):
    for _ in range(2000): print("x" * 100_000)
