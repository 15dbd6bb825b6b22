# INTENT: Refuses whatever is large by an error that cannot be described: the harness itself raises, and no reply names what was raised.
# EXERCISE: pairwise_dot_products
# EXPECT: killed; score 0
class Undescribed(ValueError):
    @property
    def __traceback__(self):
        raise RuntimeError

def pairwise_dot_products(x, y):
    if max(*x.shape, *y.shape) > 10:
        raise Undescribed(f"{tuple(x.shape)} and {tuple(y.shape)}")
    return x @ y.T
