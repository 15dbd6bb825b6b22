# INTENT: Counts its calls: the first ones are answered, the later ones refused, whatever they hold.
# EXERCISE: padding_mask
# EXPECT: wrong or error; score 0
calls = []
def padding_mask(lengths, max_length):
    calls.append(1)
    if len(calls) > 3:
        raise ValueError(f"{list(lengths.shape)} {lengths.tolist()} {max_length}")
