# INTENT: Every test cell twice, which stops a whole class in stock nbgrader.
# TECHNIQUE: 38
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
# NOTEBOOK: duplicate_tests
def causal_mask(length): return torch.zeros(length)
