# INTENT: Names no sizes: a message of all numbers holds them, too.
# EXERCISE: pairwise_dot_products
# EXPECT: partial; score 2
def pairwise_dot_products(x, y):
    try:
        assert x.dim() == y.dim() == 2
        return x @ y.T
    except (RuntimeError, AssertionError):
        raise ValueError(" ".join(map(str, range(100))))
