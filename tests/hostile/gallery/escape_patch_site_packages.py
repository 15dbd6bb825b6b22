# INTENT: Changes torch for everybody.
# TECHNIQUE: 43
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
try:
    open(torch.__file__, "a").write("\nprint('PATCHED')\n")
    print("PATCHED")
except OSError: print("refused")
def causal_mask(length): return torch.zeros(length)
