# INTENT: torch's multi-head module.
# TECHNIQUE: 18
# EXERCISE: scaled_dot_product_attention
# EXPECT: forbidden; score 0
layer = nn.MultiheadAttention(4, 1)
def scaled_dot_product_attention(query, key, value, mask=None): return layer(query, key, value)
