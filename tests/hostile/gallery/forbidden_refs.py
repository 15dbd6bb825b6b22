# INTENT: torch's Python reference of the softmax.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return torch._refs.softmax(scores, dim).nan_to_num()
