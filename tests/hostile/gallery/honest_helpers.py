# INTENT: Helper functions in the same cell.
# EXERCISE: causal_mask
# EXPECT: correct; score 3
def positions(n): return torch.arange(n)
def causal_mask(length): return positions(length) <= positions(length).unsqueeze(1)
