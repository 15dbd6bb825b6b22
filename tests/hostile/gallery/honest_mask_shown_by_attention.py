# INTENT: Shows the mask itself in the message of a TypeError: more than twelve numbers, though none is asked for.
# EXERCISE: scaled_dot_product_attention
# EXPECT: correct; score 6
def scaled_dot_product_attention(query, key, value, mask=None):
    shapes = f"{tuple(query.shape)} {tuple(key.shape)} {tuple(value.shape)}"
    if min(query.dim(), key.dim(), value.dim()) < 2 or query.shape[-1] != key.shape[-1] or key.shape[:-1] != value.shape[:-1] or query.shape[:-2] != key.shape[:-2]:
        raise ValueError(shapes)
    scores = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])
    if mask is not None:
        if mask.dtype != torch.bool:
            raise TypeError(f"the mask must be bool, not {mask}")
        try:
            fits = torch.broadcast_shapes(mask.shape, scores.shape) == scores.shape
        except RuntimeError:
            fits = False
        if not fits:
            raise ValueError(f"{tuple(mask.shape)} {tuple(scores.shape)}")
        scores = scores.masked_fill(~mask, float("-inf"))
    weights = attention_softmax(scores)
    return weights @ value, weights

def attention_softmax(scores):
    top = scores.amax(-1, keepdim=True)
    top = torch.where(top.isinf(), torch.zeros_like(top), top)
    e = torch.exp(scores - top)
    total = e.sum(-1, keepdim=True)
    return e / torch.where(total == 0, torch.ones_like(total), total)
