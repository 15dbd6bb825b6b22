# INTENT: Two hundred thousand empty files.
# TECHNIQUE: 46
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0
def causal_mask(length):
    for n in range(200_000): open(f"f{n}", "w").close()
