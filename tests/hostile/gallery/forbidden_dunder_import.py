# INTENT: __import__.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return vars(__import__("torch"))["soft" + "max"](scores, dim)
