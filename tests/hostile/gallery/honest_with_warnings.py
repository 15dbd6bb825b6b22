# INTENT: Warnings and text on the error stream cost nothing.
# EXERCISE: causal_mask
# EXPECT: correct; score 3
import sys, warnings
def causal_mask(length):
    warnings.warn("a warning")
    print("to the error stream", file=sys.stderr)
    return torch.ones(length, length, dtype=torch.bool).tril()
