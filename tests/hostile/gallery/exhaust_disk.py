# INTENT: Fills the disk.
# TECHNIQUE: 46
# EXERCISE: causal_mask
# EXPECT: wrong or error or killed; score 0
def causal_mask(length):
    for n in range(1000):
        with open(f"fill{n}", "wb") as file: file.write(b"x" * (8 << 20))
