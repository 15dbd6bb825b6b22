# INTENT: Copied a test cell by accident.
# TECHNIQUE: 38
# EXERCISE: causal_mask
# EXPECT: correct; score 3
# NOTEBOOK: duplicate_tests
def causal_mask(length): return torch.ones(length, length, dtype=torch.bool).tril()
