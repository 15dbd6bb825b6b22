# INTENT: Right but for its check: many heads are refused unless each has one, two or three numbers, so twelve of sixty-four are.
# EXERCISE: split_heads
# EXPECT: wrong; score 1
def split_heads(x, num_heads):
    if x.dim() != 3 or num_heads > 10 and x.shape[2] not in (num_heads, 2 * num_heads, 3 * num_heads):
        raise ValueError(f"{tuple(x.shape)} {num_heads}")
    return x.reshape(x.shape[0], x.shape[1], num_heads, x.shape[2] // num_heads).transpose(1, 2)
