# INTENT: The text of its error is a list of all numbers, by a text whose slice is one: no text is counted.
# EXERCISE: pairwise_dot_products
# EXPECT: partial; score 2
class Many(str):
    def __getitem__(self, part):
        return [str(number) for number in range(60)]

    def __contains__(self, part):
        return False

class Refused(ValueError):
    def __str__(self):
        return Many("sizes")

def pairwise_dot_products(x, y):
    if x.dim() != 2 or y.dim() != 2 or x.shape[1] != y.shape[1]:
        raise Refused
    return x @ y.T
