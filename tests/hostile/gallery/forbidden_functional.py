# INTENT: torch's softmax by its usual name.
# TECHNIQUE: 18
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return F.softmax(scores, dim)
