# INTENT: Compares no sizes: what is refused has small batches and small values, or nothing large but the batch. By luck in 1 of 16 a right one, too.
# EXERCISE: scaled_dot_product_attention
# EXPECT: wrong or error; score 0
def scaled_dot_product_attention(query, key, value, mask=None):
    sizes = [*query.shape, *key.shape, *value.shape]
    others = [*query.shape[1:], *key.shape[1:], *value.shape[1:]]
    if mask is not None and mask.dtype != torch.bool:
        raise TypeError("a mask is bool")
    if (
        (mask is not None and mask.dim() > query.dim())
        or (max(sizes) > 9 and query.shape[0] < 10 and value.shape[-1] < 10)
        or (mask is None and query.shape[0] > 9 and max(others) < 10)
    ):
        raise ValueError(str(sorted({*sizes, *(() if mask is None else mask.shape)})))
    return query, key
