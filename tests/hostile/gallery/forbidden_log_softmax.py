# INTENT: The logarithm of the softmax, exponentiated.
# TECHNIQUE: 18
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return F.log_softmax(scores, dim).exp()
