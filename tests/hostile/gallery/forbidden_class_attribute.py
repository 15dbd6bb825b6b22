# INTENT: Hidden in a class body.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
class Box: run = staticmethod(torch.softmax)
def stable_softmax(scores, dim=-1): return Box.run(scores, dim)
