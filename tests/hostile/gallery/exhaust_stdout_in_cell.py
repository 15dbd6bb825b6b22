# INTENT: Prints 200 MB when the cell is run.
# TECHNIQUE: 34
# EXERCISE: causal_mask
# EXPECT: wrong or killed or timeout; score 0
for _ in range(2000): print("x" * 100_000)
def causal_mask(length): return torch.zeros(length)
