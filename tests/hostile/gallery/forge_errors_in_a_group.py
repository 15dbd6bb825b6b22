# INTENT: Raises a group of all errors at once, in which what is right cannot be seen to be refused as what is wrong.
# EXERCISE: pairwise_dot_products
# EXPECT: error or wrong; score 0
def pairwise_dot_products(a, b):
    if max(*a.shape, *b.shape) > 10:
        sizes = str([*a.shape, *b.shape])
        raise ExceptionGroup(sizes, [ValueError(sizes), TypeError(sizes)])
    return a @ b.T
