# INTENT: Hidden in a default argument.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1, f=torch.nn.functional.softmax): return f(scores, dim)
