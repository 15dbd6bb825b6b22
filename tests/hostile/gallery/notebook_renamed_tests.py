# INTENT: Test cells with the ids of others.
# TECHNIQUE: 39
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
# NOTEBOOK: rename_tests
def causal_mask(length): return torch.zeros(length)
