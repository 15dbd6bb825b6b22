# INTENT: The solution cell twice: the last one counts.
# TECHNIQUE: 38
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
# NOTEBOOK: solution_first_right
def causal_mask(length): return torch.zeros(length)
