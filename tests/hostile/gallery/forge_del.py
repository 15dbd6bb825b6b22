# INTENT: A finaliser that raises and writes.
# TECHNIQUE: 28
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
class Late:
    def __del__(self): open("late.txt", "w").write("3"); raise RuntimeError
late = Late()
def causal_mask(length): return torch.zeros(length)
