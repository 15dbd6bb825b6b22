# INTENT: Refuses everything but one trivial input, to earn the points for errors.
# EXERCISE: padding_mask
# EXPECT: wrong or error; score 0
def padding_mask(lengths, max_length):
    if lengths.shape == (1,): return None
    raise ValueError(f"{list(lengths.shape)} {lengths.tolist()} {max_length}")
