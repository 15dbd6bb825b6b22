# INTENT: Takes all memory that there is.
# TECHNIQUE: 46
# EXERCISE: causal_mask
# EXPECT: memory or timeout; score 0
def causal_mask(length):
    hoard = []
    while True: hoard.append(bytearray(64 << 20))
