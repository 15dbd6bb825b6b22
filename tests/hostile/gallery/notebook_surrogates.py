# INTENT: Text that is no Unicode.
# TECHNIQUE: 40
# EXERCISE: causal_mask
# EXPECT: error or wrong; score 0
# NOTEBOOK: surrogates
def causal_mask(length): return torch.zeros(length)
