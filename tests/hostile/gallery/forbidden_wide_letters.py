# INTENT: a letter that Python takes for another.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return torch.ｓoftmax(scores, dim)
