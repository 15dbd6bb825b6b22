# INTENT: Dies at once, in the hope that the new kernel is kinder.
# TECHNIQUE: 26
# EXERCISE: causal_mask
# EXPECT: killed; score 0
import os
os._exit(0)
