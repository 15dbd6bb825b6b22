# INTENT: Touches the device files of the host, whose times every sandbox sees: a channel to all neighbours.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import os
for name in ("null", "zero", "full", "random", "urandom", "tty"):
    try:
        os.utime("/dev/" + name)
        print("TOUCHED", name)
    except OSError as fault: print("refused", type(fault).__name__)
def causal_mask(length): return torch.zeros(length)
