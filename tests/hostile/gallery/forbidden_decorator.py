# INTENT: Hidden in a decorator.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def use(f): return lambda g: f
@use(torch.softmax)
def stable_softmax(scores, dim=-1): return scores
