# INTENT: A right attention whose one message names the shapes of all four inputs: thirteen numbers, one more than a message may have.
# EXERCISE: scaled_dot_product_attention
# EXPECT: correct; score 6
import math

def scaled_dot_product_attention(query, key, value, mask=None):
    def bad():
        shapes = [tuple(x.shape) for x in (query, key, value)] + ([tuple(mask.shape)] if mask is not None else [])
        return ValueError("query, key, value and mask do not fit: " + ", ".join(map(str, shapes)))

    if mask is not None and mask.dtype != torch.bool:
        raise TypeError(f"the mask must be bool, not {mask.dtype}")
    if query.shape[-1] != key.shape[-1] or key.shape[:-1] != value.shape[:-1] or query.shape[:-2] != key.shape[:-2]:
        raise bad()
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        if mask.dim() > scores.dim():
            raise bad()
        try:
            torch.broadcast_to(mask, scores.shape)
        except RuntimeError:
            try:
                mask = mask.unsqueeze(-3)
                torch.broadcast_to(mask, scores.shape)
            except RuntimeError:
                raise bad() from None
        scores = scores.masked_fill(~mask, -math.inf)
    weights = stable_softmax(scores)
    return weights @ value, weights
