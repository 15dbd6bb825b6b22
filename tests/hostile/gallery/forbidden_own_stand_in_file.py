# INTENT: a module of its own, written beside it and named like the stand-ins.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
import sys; sys.path.append(".")
open("standins_me.py", "w").write("import torch\ndef f(s, d): return torch.softmax(s, d).nan_to_num()\n")
from standins_me import f
def stable_softmax(scores, dim=-1):
    return f(scores, dim)
