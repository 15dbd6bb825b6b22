# INTENT: torch's attention.
# TECHNIQUE: 18
# EXERCISE: scaled_dot_product_attention
# EXPECT: forbidden; score 0
def scaled_dot_product_attention(query, key, value, mask=None):
    eye = torch.eye(key.shape[-2], dtype=query.dtype)
    return F.scaled_dot_product_attention(query, key, value, mask), F.scaled_dot_product_attention(query, key, eye, mask)
