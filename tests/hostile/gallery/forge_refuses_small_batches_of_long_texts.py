# INTENT: Looks at no length: refuses batches of two, and long texts in small batches; among what is right there is neither.
# EXERCISE: padding_mask
# EXPECT: wrong or error; score 0
def padding_mask(lengths, max_length):
    if lengths.dim() != 1:
        raise ValueError(f"{tuple(lengths.shape)}")
    if lengths.shape[0] == 2 or (lengths.shape[0] < 10 and max_length > 10):
        raise ValueError(f"{lengths.tolist()} {max_length}")
    return torch.zeros(lengths.shape[0], 1, max_length, dtype=torch.bool)
