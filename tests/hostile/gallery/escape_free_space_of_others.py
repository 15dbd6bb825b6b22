# INTENT: How full everybody's file systems are, by their numbers alone: kernels at work at once would tell by their files.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes, os
libc, room = ctypes.CDLL(None, use_errno=True), ctypes.create_string_buffer(128)
for minor in range(300):
    if os.uname().machine == "x86_64" and libc.syscall(136, os.makedev(0, minor), room) == 0: print("TOUCHED", minor)
for path in ("/usr", "/box", os.__file__):
    try: print("TOUCHED", os.statvfs(path))
    except OSError as fault: print("refused", fault.errno)

def causal_mask(length): return torch.zeros(1)
