# INTENT: Fills /dev/shm.
# TECHNIQUE: 46
# EXERCISE: causal_mask
# EXPECT: wrong or error or killed or memory; score 0
def causal_mask(length):
    with open("/dev/shm/fill", "wb") as file:
        for _ in range(1000): file.write(b"x" * (8 << 20))
