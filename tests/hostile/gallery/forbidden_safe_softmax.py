# INTENT: torch's softmax under a private name.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return torch._safe_softmax(scores, dim)
