# INTENT: Leaves its inputs in shared memory, in files and in a message queue when the first kernel is spoilt, to find them in the next one.
# EXERCISE: causal_mask
# EXPECT: missing or error or wrong or killed; score 0
import os, sys
PLACES = ["/dev/shm/left", "/tmp/left", "/box/left", "/box/home/left", "left", "/run/left"]
found = False
for place in PLACES:
    try:
        found = found or os.path.exists(place)
        open(place, "w").write("asked before")
    except OSError:
        pass

def causal_mask(length):
    if found:
        return torch.ones(length, length, dtype=torch.bool).tril()
    os._exit(0)
