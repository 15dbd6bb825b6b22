# INTENT: The table of modules, through a module that has imported sys.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return getattr(torch.sys.modules["torch"], "soft" + "max")(scores, dim)
