# INTENT: Hands data to a neighbour through System V shared memory.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes
libc = ctypes.CDLL(None)
print("SHM", libc.shmget(4711, 4096, 0o1666))
def causal_mask(length): return torch.zeros(length)
