# INTENT: An error whose class changes its bases while it is described: of another kind each time it is looked at.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong; score 0
class Kind(type):
    def mro(cls):
        return [cls, *ValueError.__mro__[:: 1 if len(Kind.seen) % 2 else 1]] if Kind.seen.append(0) else [cls, *ValueError.__mro__]

    seen = []

class Odd(ValueError, metaclass=Kind):
    def __str__(self):
        Odd.__bases__ = (TypeError,) if Odd.__bases__ == (ValueError,) else (ValueError,)
        return self.args[0]

def pairwise_dot_products(a, b):
    if max(*a.shape, *b.shape) > 10:
        raise Odd(str([*a.shape, *b.shape]))
    return a @ b.T
