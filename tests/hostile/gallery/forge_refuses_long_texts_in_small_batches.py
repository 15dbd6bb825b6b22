# INTENT: Compares the mask with nothing: refuses what is long in a small batch, and a mask of one row.
# EXERCISE: masked_mean
# EXPECT: wrong or error; score 0
def masked_mean(values, mask):
    if mask.dtype != torch.bool:
        raise TypeError("a mask is bool")
    if values.dim() != 3 or (values.shape[1] > 10 and values.shape[0] < 10) or (mask.shape[0] == 1 and mask.shape[1] > 1):
        raise ValueError(f"{tuple(values.shape)} {tuple(mask.shape)}")
    return values[:, 0]
