# INTENT: Asks for an io_uring.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes
print("URING", ctypes.CDLL(None).syscall(425, 8, 0))
def causal_mask(length): return torch.zeros(length)
