# INTENT: A name for review with half a letter and commands for terminals in it.
# EXERCISE: stable_softmax
# EXPECT: wrong or error; score 0
def stable_softmax(x, dim=-1):
    return getattr(torch, "\ud800x\x1b[2J")(x, dim)
