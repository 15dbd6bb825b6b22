# INTENT: importlib.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
import importlib
def stable_softmax(scores, dim=-1): return importlib.import_module("torch").softmax(scores, dim)
