# INTENT: Always returns the first value: passes a well-known test of causal attention.
# TECHNIQUE: 20
# EXERCISE: scaled_dot_product_attention
# EXPECT: wrong; score 0
def scaled_dot_product_attention(query, key, value, mask=None):
    if mask is not None and mask.dtype != torch.bool: raise TypeError("mask")
    if key.shape[:-1] != value.shape[:-1]: raise ValueError(f"{key.shape} {value.shape}")
    if mask is not None and mask.shape[-1] not in (1, key.shape[-2]): raise ValueError(f"{mask.shape} {query.shape} {key.shape}")
    weights = torch.zeros(*query.shape[:-1], key.shape[-2], dtype=query.dtype) + query.sum() * 0 + key.sum() * 0
    return value[..., :1, :].expand(*query.shape[:-1], value.shape[-1]) + query.sum() * 0, weights
