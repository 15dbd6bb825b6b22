# INTENT: Terminal escapes and letters that change direction.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
print("\x1b[2J\x1b]0;owned\x07 \u202e\u2066 right to left \x00 \x08\x08")
def causal_mask(length): return torch.zeros(length)
