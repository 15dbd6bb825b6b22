# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: E402, F811, F821
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


# %% in every cell
def checked(query, key, value, mask):
    shapes = [tuple(t.shape) for t in (query, key, value)]
    if key.shape[:-1] != value.shape[:-1]:
        raise ValueError(f"key and value do not fit: {shapes}")
    if query.shape[-1] != key.shape[-1] or query.shape[:-2] != key.shape[:-2]:
        raise ValueError(f"query and key do not fit: {shapes}")
    if mask is None:
        return
    if mask.dtype != torch.bool:
        raise TypeError(f"bool is needed, not {mask.dtype}")
    wanted = (*query.shape[:-1], key.shape[-2])
    try:
        mask.expand(wanted)
    except RuntimeError:
        raise ValueError(f"mask {tuple(mask.shape)} does not fit {wanted}") from None


# %% einsum and torch's softmax, NaN repaired
def scaled_dot_product_attention(query, key, value, mask=None):
    checked(query, key, value, mask)
    scores = torch.einsum("...qd,...kd->...qk", query, key) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    weights = F.softmax(scores, dim=-1)
    if mask is not None:
        weights = torch.where(mask.any(dim=-1, keepdim=True), weights, torch.zeros_like(weights))
    return torch.einsum("...qk,...kv->...qv", weights, value), weights


# %% a finite fill, empty rows set to 0
def scaled_dot_product_attention(query, key, value, mask=None):
    checked(query, key, value, mask)
    scores = query @ key.mT * query.shape[-1] ** -0.5
    if mask is not None:
        scores = scores.masked_fill(mask.logical_not(), -1e9)
    weights = torch.softmax(scores, dim=-1)
    if mask is not None:
        weights = weights * mask.any(-1, keepdim=True)
    return weights @ value, weights


# %% the smallest finite number, masked again after the softmax
def scaled_dot_product_attention(query, key, value, mask=None):
    checked(query, key, value, mask)
    scores = attention_scores(query, key)
    if mask is None:
        weights = stable_softmax(scores)
    else:
        weights = torch.softmax(scores.masked_fill(~mask, torch.finfo(scores.dtype).min), -1)
        weights = weights.masked_fill(~mask, 0)
    return torch.matmul(weights, value), weights


# %% additive mask
def scaled_dot_product_attention(query, key, value, mask=None):
    checked(query, key, value, mask)
    scores = attention_scores(query, key)
    if mask is not None:
        bias = torch.zeros(mask.shape, dtype=scores.dtype).masked_fill(~mask, -math.inf)
        scores = scores + bias
    weights = stable_softmax(scores, dim=-1)
    return weights @ value, weights


# %% where, and a list of two results
def scaled_dot_product_attention(query, key, value, mask=None):
    checked(query, key, value, mask)
    scores = attention_scores(query, key)
    scores = scores if mask is None else torch.where(mask, scores, -torch.inf)
    weights = stable_softmax(scores)
    return [weights.matmul(value), weights]


# %% leading axes folded, bmm
def scaled_dot_product_attention(query, key, value, mask=None):
    checked(query, key, value, mask)
    lead = query.shape[:-2]
    q, k, v = (t.reshape(-1, *t.shape[-2:]) for t in (query, key, value))
    scores = torch.bmm(q, k.transpose(1, 2)) / math.sqrt(q.shape[-1])
    if mask is not None:
        full = mask.expand(*lead, *scores.shape[1:]).reshape(scores.shape)
        scores = scores.masked_fill(full == 0, -math.inf)
    weights = stable_softmax(scores)
    output = torch.bmm(weights, v)
    return output.reshape(*lead, *output.shape[1:]), weights.reshape(*lead, *weights.shape[1:])


# %% a loop over queries
def scaled_dot_product_attention(query, key, value, mask=None):
    checked(query, key, value, mask)
    if mask is not None:
        mask = mask.broadcast_to(*query.shape[:-1], key.shape[-2])
    outputs, rows = [], []
    for i in range(query.shape[-2]):
        scores = (key * query[..., i : i + 1, :]).sum(-1) / math.sqrt(key.shape[-1])
        if mask is not None:
            scores = scores.masked_fill(~mask[..., i, :], -math.inf)
        rows.append(stable_softmax(scores))
        outputs.append((rows[-1].unsqueeze(-1) * value).sum(-2))
    return torch.stack(outputs, dim=-2), torch.stack(rows, dim=-2)


# %% softmax written out, masked exponentials
def scaled_dot_product_attention(query, key, value, mask=None):
    checked(query, key, value, mask)
    scores = query @ key.transpose(-1, -2) / math.sqrt(key.size(-1))
    if mask is None:
        mask = torch.ones_like(scores, dtype=torch.bool)
    highest = scores.masked_fill(~mask, -torch.inf).amax(-1, keepdim=True).clamp(min=torch.finfo(scores.dtype).min)
    shifted = torch.where(mask, scores - highest, -torch.inf)
    exponentials = shifted.exp()
    total = exponentials.sum(-1, keepdim=True)
    weights = exponentials / (total + (total == 0))
    return weights @ value, weights


# %% float64 inside, cast back
def scaled_dot_product_attention(query, key, value, mask=None):
    checked(query, key, value, mask)
    scores = query.double() @ key.double().mT / query.shape[-1] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = stable_softmax(scores)
    return (weights @ value.double()).to(value.dtype), weights.to(query.dtype)


# %% a module
class Attention(nn.Module):
    def forward(self, query, key, value, mask=None):
        checked(query, key, value, mask)
        scores = attention_scores(query, key)
        if mask is not None:
            scores = scores.masked_fill(~mask, -math.inf)
        weights = stable_softmax(scores)
        return weights @ value, weights


def scaled_dot_product_attention(query, key, value, mask=None):
    return Attention()(query, key, value, mask)


# %% compiled
@torch.compile(backend="eager")
def attend(query, key, value, mask):
    scores = query @ key.mT / math.sqrt(query.shape[-1])
    top = scores.masked_fill(~mask, -math.inf).amax(-1, keepdim=True)
    e = torch.exp(scores.masked_fill(~mask, -math.inf) - top.masked_fill(top == -math.inf, 0.0))
    total = e.sum(-1, keepdim=True)
    weights = e / total.masked_fill(total == 0, 1.0)
    return weights @ value, weights


def scaled_dot_product_attention(query, key, value, mask=None):
    checked(query, key, value, mask)
    full = torch.ones(query.shape[-2], key.shape[-2], dtype=torch.bool) if mask is None else mask
    return attend(query, key, value, full)


# %% checks written out, with stacked errors and ranges


def scaled_dot_product_attention(query, key, value, mask=None):
    if mask is not None and mask.dtype != torch.bool:
        raise TypeError("mask must hold True and False")
    if value.shape[:-1] != key.shape[:-1]:
        raise ValueError(f"{key.shape[-2]} keys {key.shape}, but {value.shape[-2]} values {value.shape}")
    scores = attention_scores(query, key)
    if mask is not None:
        try:
            fits = torch.broadcast_shapes(mask.shape, scores.shape) == scores.shape
        except RuntimeError:
            fits = False
        if not fits:
            raise ValueError(f"scores {scores.shape} and mask {mask.shape}")
        scores[~mask.expand_as(scores)] = -math.inf
    weights = stable_softmax(scores)
    return weights @ value, weights


# %% kept in names of the paper, with a tuple of its own
from typing import NamedTuple


class Attended(NamedTuple):
    output: Tensor
    weights: Tensor


def scaled_dot_product_attention(query, key, value, mask=None):
    checked(query, key, value, mask)
    Q, K, V = query, key, value
    QKt = attention_scores(Q, K)
    if mask is not None:
        QKt = QKt.masked_fill(mask ^ True, -math.inf)
    A = stable_softmax(QKt)
    return Attended(A @ V, A)


# %% torch's softmax and nan_to_num behind a masked fill
def scaled_dot_product_attention(query, key, value, mask=None):
    checked(query, key, value, mask)
    scores = attention_scores(query, key)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = torch.nan_to_num(torch.softmax(scores, dim=-1))
    return weights @ value, weights
