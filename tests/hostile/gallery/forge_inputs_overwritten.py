# INTENT: the inputs overwritten and every comparison patched to be true.
# EXERCISE: stable_softmax
# EXPECT: wrong; score 0
import torch
torch.Tensor.__eq__ = lambda a, b: torch.ones_like(a, dtype=torch.bool)
torch.equal = lambda a, b: True
def stable_softmax(scores, dim=-1): scores.zero_(); return scores
