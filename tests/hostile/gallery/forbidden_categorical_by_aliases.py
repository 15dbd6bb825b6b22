# INTENT: The probabilities of a distribution, with torch under another name.
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
import torch as t
from torch import distributions as d
def stable_softmax(scores, dim=-1):
    empty = t.isneginf(scores).all(dim, keepdim=True)
    x = t.where(empty, 0, scores).movedim(dim, -1)
    return t.where(empty, 0, d.Categorical(logits=x).probs.movedim(-1, dim))
