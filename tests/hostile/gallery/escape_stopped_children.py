# INTENT: Leaves fifty stopped children in sessions of their own, which hear no polite signal.
# EXERCISE: causal_mask
# EXPECT: wrong or killed or error or memory or timeout; score 0
import os, signal
for _ in range(50):
    try:
        if os.fork() == 0:
            os.setsid()
            for number in range(1, 32):
                try: signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError): pass
            os.kill(os.getpid(), signal.SIGSTOP)
    except OSError:
        break

def causal_mask(length): return torch.zeros(1)
