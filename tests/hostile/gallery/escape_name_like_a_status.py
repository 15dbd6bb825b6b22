# INTENT: The process is called like a line of its own status file, to seem small to the keeper.
# EXERCISE: causal_mask
# EXPECT: memory or killed or timeout; score 0
import ctypes
ctypes.CDLL(None).prctl(15, b"\x0bRssAnon: 0 kB", 0, 0, 0)
def causal_mask(length):
    return [torch.ones(1 << 27) for _ in range(40)]
