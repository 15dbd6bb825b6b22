# INTENT: Replaces the kernel by another program.
# TECHNIQUE: 26
# EXERCISE: causal_mask
# EXPECT: killed or timeout or error; score 0
import os
def causal_mask(length): os.execv("/bin/sh", ["sh", "-c", "exit 0"])
