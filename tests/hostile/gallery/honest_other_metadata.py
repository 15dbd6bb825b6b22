# INTENT: Saved by another program, with metadata of its own.
# EXERCISE: causal_mask
# EXPECT: correct; score 3
# NOTEBOOK: odd_metadata
def causal_mask(length): return torch.ones(length, length, dtype=torch.bool).tril()
