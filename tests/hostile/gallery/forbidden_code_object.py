# INTENT: a function made of a changed code object.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1):
    """
    >>> softmax
    """
    import types
    f = types.FunctionType(stable_softmax.__code__.replace(co_names=("torch", "soft" + "max")), {"torch": torch})
    return f(scores, dim)
