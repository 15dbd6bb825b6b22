# INTENT: Test cells made into text.
# TECHNIQUE: 39
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
# NOTEBOOK: retype_tests
def causal_mask(length): return torch.zeros(length)
