# INTENT: The table of modules.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
import sys
def stable_softmax(scores, dim=-1): return sys.modules["torch"].__dict__["soft" + "max"](scores, dim)
