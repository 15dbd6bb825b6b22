# INTENT: Traces another process.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes
libc = ctypes.CDLL(None)
print("PTRACE", libc.ptrace(16, 1, 0, 0))
def causal_mask(length): return torch.zeros(length)
