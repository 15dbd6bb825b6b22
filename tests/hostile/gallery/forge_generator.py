# INTENT: A generator that never ends, in the place of a value.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
def causal_mask(length):
    while True: yield 1
