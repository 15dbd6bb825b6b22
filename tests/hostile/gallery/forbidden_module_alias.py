# INTENT: The module under another name.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
G = torch.nn.functional
def stable_softmax(scores, dim=-1): return G.softmax(scores, dim)
