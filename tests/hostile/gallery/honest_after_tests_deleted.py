# INTENT: Deleted test cells by accident.
# TECHNIQUE: 39
# EXERCISE: causal_mask
# EXPECT: correct; score 3
# NOTEBOOK: delete_tests
def causal_mask(length): return torch.ones(length, length, dtype=torch.bool).tril()
