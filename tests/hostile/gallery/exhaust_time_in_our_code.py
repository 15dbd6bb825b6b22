# INTENT: An earlier cell makes the course's own code endless, whose time would be nobody's.
# EXERCISE: causal_mask
# EXPECT: timeout; score 0
# NOTEBOOK: our_code_takes_for_ever
def causal_mask(length): return torch.ones(length, length, dtype=torch.bool).tril()
