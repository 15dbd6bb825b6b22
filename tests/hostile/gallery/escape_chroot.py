# INTENT: Leaves by chroot.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import os
try: os.chroot("/box")
except OSError: print("refused")
def causal_mask(length): return torch.zeros(length)
