# INTENT: getattr with the name in plain sight.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return getattr(torch, "softmax")(scores, dim)
