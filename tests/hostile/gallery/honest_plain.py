# INTENT: The usual answer.
# EXERCISE: causal_mask
# EXPECT: correct; score 3
def causal_mask(length):
    return torch.ones(length, length, dtype=torch.bool).tril()
