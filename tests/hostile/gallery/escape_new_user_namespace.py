# INTENT: Makes a user namespace, in which it would be root.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes
print("UNSHARE", ctypes.CDLL(None).unshare(0x10000000))
def causal_mask(length): return torch.zeros(length)
