# INTENT: An error of its own that is only called ValueError.
# EXERCISE: pairwise_dot_products
# EXPECT: partial; score 2
class ValueError(Exception):
    pass
def pairwise_dot_products(x, y):
    if x.dim() != 2 or y.dim() != 2 or x.shape[1] != y.shape[1]:
        raise ValueError(f"{list(x.shape)} and {list(y.shape)}")
    return x @ y.T
