# INTENT: Refuses whatever has a size above 9: among what is right there is none.
# EXERCISE: scaled_dot_product_attention
# EXPECT: wrong; score 3
def scaled_dot_product_attention(query, key, value, mask=None):
    sizes = [*query.shape, *key.shape, *value.shape, *(() if mask is None else mask.shape)]
    if mask is not None and mask.dtype != torch.bool:
        raise TypeError("a mask is bool")
    if max(sizes) > 9:
        raise ValueError(str(sorted(set(sizes))))
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        if scores.dim() == 4 and mask.dim() == 3:
            mask = mask.unsqueeze(1)
        scores = scores.masked_fill(~mask, -math.inf)
    weights = stable_softmax(scores, dim=-1)
    return weights @ value, weights
