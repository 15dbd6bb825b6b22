# INTENT: Looks for the expected value in the source of the cells.
# TECHNIQUE: 12
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0
def causal_mask(length):
    for text in reversed(In):
        if "expected" in text: return eval(text)
    return None
