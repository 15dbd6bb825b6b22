# INTENT: Only ever raises, with every number in the message, to earn the points for errors.
# EXERCISE: padding_mask
# EXPECT: error; score 0
def padding_mask(lengths, max_length):
    raise ValueError(f"{list(lengths.shape)} {lengths.tolist()} {max_length}")
