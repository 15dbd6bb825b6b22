# INTENT: torch's C module.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return torch._C._VariableFunctions.softmax(scores, dim)
