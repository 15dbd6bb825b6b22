# INTENT: The operator itself.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return torch.ops.aten._softmax(scores, dim, False)
