# INTENT: Stops itself and waits for ever.
# TECHNIQUE: 47
# EXERCISE: causal_mask
# EXPECT: timeout or killed or wrong; score 0
import os, signal
def causal_mask(length): os.kill(os.getpid(), signal.SIGSTOP)
