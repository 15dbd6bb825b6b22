# INTENT: Imported under another name.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
from torch.nn.functional import softmax as harmless
def stable_softmax(scores, dim=-1): return harmless(scores, dim)
