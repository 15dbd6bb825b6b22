# INTENT: Refuses whatever is large with an error that is no ValueError, whose class says another name each time it is asked.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or error; score 0
class Turns(type):
    asked = 0

    @property
    def __name__(cls):
        Turns.asked += 1
        return "ValueError" if Turns.asked % 2 == 0 else f"Other{Turns.asked}"

class Refused(Exception, metaclass=Turns):
    pass

def pairwise_dot_products(x, y):
    if max(*x.shape, *y.shape) > 10:
        raise Refused(f"{tuple(x.shape)} and {tuple(y.shape)}")
    return x @ y.T
