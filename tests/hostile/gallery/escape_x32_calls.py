# INTENT: Calls the kernel by the numbers of the x32 interface.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)

print("UNSHARE", libc.syscall(0x40000000 + 272, 0x10000000))
print("PTRACE", libc.syscall(0x40000000 + 521, 0, 0, 0, 0))

def causal_mask(length): return torch.zeros(1)
