# INTENT: Divides nothing: refuses many heads of fewer than a hundred columns, which among what is right there are not.
# EXERCISE: split_heads
# EXPECT: wrong or error; score 0
def split_heads(x, num_heads):
    if x.dim() != 3 or (num_heads > 9 and x.shape[2] < 100):
        raise ValueError(f"{tuple(x.shape)} {num_heads}")
    return x
