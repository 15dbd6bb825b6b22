# INTENT: A result of 800 MB.
# TECHNIQUE: 34
# EXERCISE: causal_mask
# EXPECT: killed or wrong or memory or timeout; score 0
def causal_mask(length): return torch.zeros(100_000_000, dtype=torch.float64)
