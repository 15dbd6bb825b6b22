# INTENT: Opens files until there are no descriptors left.
# TECHNIQUE: 46
# EXERCISE: causal_mask
# EXPECT: wrong or error or killed or timeout; score 0
hoard = []
def causal_mask(length):
    while True: hoard.append(open("/dev/null"))
