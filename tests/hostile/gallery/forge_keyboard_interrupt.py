# INTENT: KeyboardInterrupt out of the function.
# TECHNIQUE: 25
# EXERCISE: causal_mask
# EXPECT: error; score 0
def causal_mask(length): raise KeyboardInterrupt
