# INTENT: getattr with a name that is put together; seen when it runs.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return getattr(torch, "soft" + "max")(scores, dim)
