# INTENT: One tensor of 100 GB.
# TECHNIQUE: 46
# EXERCISE: causal_mask
# EXPECT: memory or killed or wrong or error; score 0
def causal_mask(length): return torch.ones(100 << 30, dtype=torch.bool)
