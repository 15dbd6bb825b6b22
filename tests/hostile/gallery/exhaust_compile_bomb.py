# INTENT: A short source that compiles to gigabytes.
# EXERCISE: causal_mask
# EXPECT: error or killed or memory or timeout; score 0
exec("x = (1 << 33) * 'a'" if False else "-" * 200_000 + "1")
def causal_mask(length): return torch.zeros(length)
