# INTENT: Writes 100 MB to the error stream.
# TECHNIQUE: 34
# EXERCISE: causal_mask
# EXPECT: wrong or killed or timeout; score 0
import sys
for _ in range(1000): sys.stderr.write("x" * 100_000)
def causal_mask(length): return torch.zeros(length)
