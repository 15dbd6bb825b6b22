# INTENT: Compares nothing: refuses whenever two different sizes above 10 are there, or another number of axes than 2.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or error; score 0
def pairwise_dot_products(a, b):
    sizes = [*a.shape, *b.shape]
    if len({size for size in sizes if size > 10}) > 1 or len(sizes) != 4:
        raise ValueError(str(sizes))
    return a
