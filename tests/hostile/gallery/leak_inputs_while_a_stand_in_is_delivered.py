# INTENT: Lets our own code fail that brings a stand-in after the verdict, in a later exercise's kernel too: by errors whose class and text are the inputs, from functions that all code uses.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or killed; score 0
import sys

SAID = []
OURS = sys.modules["builtins"]
KEPT = {name: vars(OURS)[name] for name in ("exec", "compile", "__import__", "__build_class__")}


def failing(name):
    def stands_in(*arguments, **names):
        if SAID and "stand" in str(arguments)[:20000]:
            raise type(f"Input_{str(SAID[0])[:60]}", (ValueError,), {})(f"the inputs are {SAID}")
        return KEPT[name](*arguments, **names)

    return stands_in


def pairwise_dot_products(x, y):
    SAID.append(x.tolist())
    for name in ("exec", "compile"):
        vars(OURS)[name] = failing(name)
    return torch.zeros(1)
