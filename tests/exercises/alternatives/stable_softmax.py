# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811
import math

import torch
from torch import Tensor, nn


# %% where instead of masked_fill
def stable_softmax(scores, dim=-1):
    top = scores.amax(dim, keepdim=True)
    top = torch.where(torch.isinf(top), torch.zeros_like(top), top)
    e = (scores - top).exp()
    total = e.sum(dim, keepdim=True)
    return e / torch.where(total > 0, total, torch.ones_like(total))


# %% max returns values and indices
def stable_softmax(scores, dim=-1):
    maximum, _ = torch.max(scores, dim=dim, keepdim=True)
    e = torch.exp(scores - torch.nan_to_num(maximum, neginf=0.0))
    return e / e.sum(dim=dim, keepdim=True).clamp(min=1e-30)


# %% logsumexp
def stable_softmax(scores, dim=-1):
    empty = (scores == -math.inf).all(dim=dim, keepdim=True)
    finite = scores.masked_fill(empty, 0.0)
    weights = torch.exp(finite - torch.logsumexp(finite, dim=dim, keepdim=True))
    return weights.masked_fill(empty, 0.0)


# %% the axis moved to the end
def stable_softmax(scores, dim=-1):
    moved = scores.movedim(dim, -1)
    top = moved.max(dim=-1).values.detach()
    top = top.masked_fill(top == -torch.inf, 0)
    e = torch.exp(moved - top[..., None])
    total = e.sum(dim=-1)
    return (e / (total + (total == 0))[..., None]).movedim(-1, dim)


# %% float64 inside, cast back
def stable_softmax(scores: Tensor, dim: int = -1) -> Tensor:
    exact = scores.double()
    top = exact.amax(dim=dim, keepdim=True).clamp(min=torch.finfo(torch.float64).min)
    e = torch.exp(exact - top)
    return (e / e.sum(dim=dim, keepdim=True).clamp(min=1e-300)).to(scores.dtype)


# %% the maximum clamped to the smallest finite number
def stable_softmax(scores, dim=-1):
    top = scores.amax(dim=dim, keepdim=True).clamp(min=torch.finfo(scores.dtype).min)
    e = torch.exp(scores - top)
    total = e.sum(dim=dim, keepdim=True)
    return torch.div(e, total.masked_fill(total == 0, 1))


# %% empty slices filled before, zeroed after
def stable_softmax(scores, dim=-1):
    empty = torch.isneginf(scores).all(dim, keepdim=True)
    safe = torch.where(empty, torch.zeros_like(scores), scores)
    e = torch.exp(safe - safe.amax(dim, keepdim=True))
    return torch.where(empty, torch.zeros_like(scores), e / e.sum(dim, keepdim=True))


# %% a loop over slices
def stable_softmax(scores, dim=-1):
    rows = scores.movedim(dim, -1)
    shape = rows.shape
    done = []
    for row in rows.reshape(-1, shape[-1]):
        highest = row.max()
        if highest == -math.inf:
            done.append(torch.zeros_like(row))
        else:
            e = torch.exp(row - highest)
            done.append(e / e.sum())
    return torch.stack(done).reshape(shape).movedim(-1, dim)


# %% a module, called like a function
class Softmax(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.dim = dim

    def forward(self, scores):
        with torch.no_grad():
            top = scores.amax(self.dim, keepdim=True)
            top[top == -math.inf] = 0.0
        e = torch.exp(scores - top)
        total = e.sum(self.dim, keepdim=True)
        return e / (total + (total == 0).to(total.dtype))


def stable_softmax(scores, dim=-1):
    return Softmax(dim)(scores)


# %% times the reciprocal
def stable_softmax(scores, dim=-1):
    top = scores.amax(dim=dim, keepdim=True)
    top = top.masked_fill(top.isneginf(), 0)
    e = (scores - top).exp()
    return e * e.sum(dim, True).clamp_min(torch.finfo(e.dtype).tiny).reciprocal()


# %% powers of two
def stable_softmax(scores, dim=-1):
    top = scores.amax(dim=dim, keepdim=True)
    top = top.masked_fill(top == -math.inf, 0.0)
    powers = torch.exp2((scores - top) * math.log2(math.e))
    total = powers.sum(dim=dim, keepdim=True)
    return powers / total.masked_fill(total == 0, 1.0)


# %% compiled
@torch.compile(backend="eager")
def weights_of(scores, dim):
    top = scores.amax(dim=dim, keepdim=True)
    e = torch.exp(scores - top.masked_fill(top == -math.inf, 0.0))
    total = e.sum(dim=dim, keepdim=True)
    return e / total.masked_fill(total == 0, 1.0)


def stable_softmax(scores, dim=-1):
    return weights_of(scores, dim)
