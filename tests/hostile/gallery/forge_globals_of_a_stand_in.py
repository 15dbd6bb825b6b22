# INTENT: An earlier exercise's stand-in, asked for this one by its globals.
# EXERCISE: scaled_dot_product_attention
# EXPECT: forbidden; score 0
import math
def scaled_dot_product_attention(query, key, value, mask=None):
    g = stable_softmax.__globals__
    return g["scaled_dot_product_attention"](query, key, value, mask)
