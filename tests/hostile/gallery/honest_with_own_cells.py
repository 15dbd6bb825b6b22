# INTENT: Cells of its own, one of which fails.
# EXERCISE: causal_mask
# EXPECT: correct; score 3
# NOTEBOOK: failing_extra
def causal_mask(length): return torch.ones(length, length, dtype=torch.bool).tril()
