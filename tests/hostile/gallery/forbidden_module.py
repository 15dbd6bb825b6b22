# INTENT: torch's softmax as a module.
# TECHNIQUE: 18
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return nn.Softmax(dim)(scores)
