# INTENT: Closes every descriptor of the kernel.
# TECHNIQUE: 26
# EXERCISE: causal_mask
# EXPECT: wrong or killed or timeout or error; score 0
import os
def causal_mask(length):
    os.closerange(0, 1000)
    return None
