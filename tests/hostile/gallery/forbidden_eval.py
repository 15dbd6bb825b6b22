# INTENT: eval.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return eval("torch.soft" + "max(scores, dim)")
