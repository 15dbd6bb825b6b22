# INTENT: Saved with the source as a list of lines.
# EXERCISE: causal_mask
# EXPECT: correct; score 3
# NOTEBOOK: list_sources
def causal_mask(length):
    return torch.ones(length, length, dtype=torch.bool).tril()
