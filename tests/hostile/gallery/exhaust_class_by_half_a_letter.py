# INTENT: A forbidden name with half a letter in it, written as an escape: the message that repeats it cannot be put into a file.
# EXERCISE: stable_softmax
# EXPECT: forbidden or error; score 0
def stable_softmax(x, dim=-1):
    return getattr(torch, "_softmax\ud800")(x, dim)
