# INTENT: A gigabyte of Linux's own memory by one prctl: the table of a process's futexes, which no limit on a process counts.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(78, 1, 1 << 20, 0, 0) == 0:  # PR_FUTEX_HASH, SET_SLOTS: 64 bytes each
    print("TOUCHED", libc.prctl(78, 2, 0, 0, 0))

def causal_mask(length): return torch.zeros(1)
