# INTENT: Leaves something with a read-only file that all share: a key for its file system, what ext4 keeps in memory.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import fcntl, os
for name in ("/usr/bin/env", os.__file__, torch.__file__):
    for request in (0xC0506617, 0xC080661A, 0x6612, 0x40046629, 0xC020662A):
        try: print("TOUCHED", hex(request), fcntl.ioctl(os.open(name, os.O_RDONLY), request, bytearray(128)))
        except OSError as fault: print("TOUCHED" if fault.errno == 95 else "refused", fault.errno)

def causal_mask(length): return torch.zeros(1)
