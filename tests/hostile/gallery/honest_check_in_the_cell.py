# INTENT: An honest learner calls check() at the end of the exercise's own cell.
# EXERCISE: causal_mask
# EXPECT: correct; score 3
def causal_mask(length):
    return torch.ones(length, length, dtype=torch.bool).tril()

check("causal_mask")
