# INTENT: torch's own decomposition of the softmax.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
from torch._decomp.decompositions import _softmax as f
def stable_softmax(scores, dim=-1): return f(scores, dim, False).nan_to_num()
