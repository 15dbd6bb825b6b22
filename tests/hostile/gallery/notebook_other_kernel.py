# INTENT: Asks for another kernel, with a command of its own.
# TECHNIQUE: 43
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
# NOTEBOOK: other_kernel
def causal_mask(length): return torch.zeros(length)
