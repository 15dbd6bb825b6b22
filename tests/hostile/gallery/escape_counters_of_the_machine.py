# INTENT: Numbers that one counter of the whole machine gives out: a socket's cookie, forks since boot.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import socket
try:
    print("TOUCHED", socket.socket(socket.AF_UNIX).getsockopt(socket.SOL_SOCKET, 57, 8))
except OSError as fault:
    print("refused", fault.errno)
if any(line.startswith("processes ") and line.split()[1] != "0" for line in open("/proc/stat")): print("TOUCHED forks")

def causal_mask(length): return torch.zeros(1)
