# INTENT: Raises from code that says it stands in the line, the function and the file that the inputs spell.
# EXERCISE: pairwise_dot_products
# EXPECT: error; score 0
def thrown():
    raise ValueError


PLAIN = thrown.__code__


def pairwise_dot_products(x, y):
    numbers = x.flatten().tolist()
    line = 1 + int(abs(numbers[0]) * 1_000_000)
    words = {"co_firstlineno": line, "co_name": repr(numbers), "co_qualname": repr(numbers)}
    thrown.__code__ = PLAIN.replace(co_filename=repr(numbers), **words)
    thrown()
