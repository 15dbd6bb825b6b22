# INTENT: Holds memory that no process has mapped, four times what is allowed to one kernel, without a file and as zeros.
# EXERCISE: causal_mask
# EXPECT: wrong or error or memory or killed or timeout; score 0
import mmap, os
held = []
for source in (-1, os.open("/dev/zero", os.O_RDWR)):
    try:
        for _ in range(16):  # a test may start this with smaller limits; what counts is what the machine has lost
            held.append(mmap.mmap(source, 64 << 20))
            for place in range(0, 64 << 20, 4096): held[-1][place] = 1
            held[-1].madvise(mmap.MADV_DONTNEED)
        print("TOUCHED")
    except OSError as fault:
        print("refused", fault.errno)

def causal_mask(length): return torch.zeros(1)
