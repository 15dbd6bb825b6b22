# INTENT: A relative: softmin of the negative.
# TECHNIQUE: 18
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return F.softmin(-scores, dim)
