# INTENT: Takes all the pages that one user's pipes may have, and looks how many are left to somebody else.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import fcntl, os
ends = os.pipe()
for command, size in ((1031, 1 << 20), (1032, 0)):
    try: print("TOUCHED", fcntl.fcntl(ends[1], command, size))
    except OSError as fault: print("refused", fault.errno)

def causal_mask(length): return torch.zeros(1)
