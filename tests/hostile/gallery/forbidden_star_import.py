# INTENT: Imports everything.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
from torch import *
def stable_softmax(scores, dim=-1): return softmax(scores, dim)
