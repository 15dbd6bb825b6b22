# INTENT: torch's attention by a joined name; seen when it runs.
# TECHNIQUE: 19
# EXERCISE: scaled_dot_product_attention
# EXPECT: forbidden; score 0
def scaled_dot_product_attention(query, key, value, mask=None):
    f = getattr(F, "scaled_dot_" + "product_attention")
    return f(query, key, value, mask), f(query, key, torch.eye(key.shape[-2], dtype=query.dtype).expand(*key.shape[:-1], key.shape[-2]), mask)
