# INTENT: The test cells without their metadata.
# TECHNIQUE: 38
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
# NOTEBOOK: strip_tests
def causal_mask(length): return torch.zeros(length)
