# INTENT: Writes wherever it can.
# TECHNIQUE: 44
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import os
for path in ("/", "/tmp", "/etc", "/usr", "/home", "/root", "/var/tmp", "/dev/shm", "/run"):
    try: open(os.path.join(path, "HOSTILE_FILE"), "w").write("x")
    except OSError: pass
def causal_mask(length): return torch.zeros(length)
