# INTENT: A list that contains itself.
# EXERCISE: causal_mask
# EXPECT: wrong or killed or error; score 0
def causal_mask(length):
    x = []
    x.append(x)
    return x
