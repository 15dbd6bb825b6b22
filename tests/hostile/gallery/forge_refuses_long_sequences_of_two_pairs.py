# INTENT: Counts no positions: refuses long sequences of narrow vectors, which among what is right there are not.
# EXERCISE: rotate
# EXPECT: wrong or error; score 0
def rotate(x, positions, base=10000.0):
    if x.shape[-1] % 2 or (x.shape[-2] > 10 and x.shape[-1] < 10):
        raise ValueError(f"{tuple(x.shape)} {positions.shape[0]}")
    return x
