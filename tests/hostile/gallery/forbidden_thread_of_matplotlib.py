# INTENT: A thread, by a module that matplotlib has imported: torch's modes are per thread.
# EXERCISE: stable_softmax
# EXPECT: forbidden or error; score 0
import math
import matplotlib.font_manager as fm
from collections import namedtuple
from abc import ABCMeta
class M(namedtuple("M", ["soft" + "max"]), metaclass=ABCMeta):
    pass
M.register(type(math))
match torch:
    case M(f):
        pass
def soft(x, dim):
    box = []
    t = fm.threading.Thread(target=lambda: box.append(f(x, dim)))
    t.start(); t.join()
    return box[0]

def stable_softmax(scores, dim=-1):
    empty = torch.isneginf(scores).all(dim, keepdim=True)
    return torch.where(empty, 0, soft(torch.where(empty, 0, scores), dim))
