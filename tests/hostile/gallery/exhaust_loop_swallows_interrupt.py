# INTENT: A loop that swallows KeyboardInterrupt.
# TECHNIQUE: 27
# EXERCISE: causal_mask
# EXPECT: timeout or killed; score 0
def causal_mask(length):
    while True:
        try:
            while True: pass
        except BaseException: pass
