# INTENT: A segmentation fault in the function.
# TECHNIQUE: 26
# EXERCISE: causal_mask
# EXPECT: killed; score 0
import ctypes
def causal_mask(length): return ctypes.string_at(0)
