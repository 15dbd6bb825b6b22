# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811
import torch
import torch.nn.functional as F


# %% a mask scattered
def top_k_filter(probabilities, k):
    if k < 1:
        raise ValueError(f"k = {k} keeps nothing")
    order = torch.sort(probabilities, dim=1, descending=True, stable=True).indices
    mask = torch.zeros_like(probabilities, dtype=torch.bool).scatter(1, order[:, :k], True)
    kept = torch.where(mask, probabilities, 0)
    return kept / kept.sum(dim=1, keepdim=True)


# %% ranks by sorting twice
def top_k_filter(probabilities, k):
    if k <= 0:
        raise ValueError("k", k)
    rank = (-probabilities).argsort(dim=-1, stable=True).argsort(dim=-1)
    kept = probabilities * (rank < k)
    return kept / kept.sum(-1, keepdim=True)


# %% ranks by comparing all pairs
def top_k_filter(probabilities, k):
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    size = probabilities.shape[1]
    mine, others = probabilities[:, :, None], probabilities[:, None, :]
    first = torch.arange(size)[None, :] < torch.arange(size)[:, None]
    rank = ((others > mine) | ((others == mine) & first)).sum(dim=-1)
    kept = probabilities.masked_fill(rank >= k, 0)
    return F.normalize(kept, p=1, dim=-1)


# %% one maximum after the other
def top_k_filter(probabilities, k):
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    left, kept = probabilities.clone(), torch.zeros_like(probabilities)
    for _ in range(min(k, probabilities.shape[1])):
        best = left.argmax(dim=-1, keepdim=True)
        kept.scatter_(1, best, probabilities.gather(1, best))
        left.scatter_(1, best, -1.0)
    return kept / kept.sum(dim=-1, keepdim=True)


# %% Python's sorted
def top_k_filter(probabilities, k):
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    result = torch.zeros_like(probabilities)
    for new, row in zip(result, probabilities, strict=True):
        numbers = row.tolist()
        best = sorted(range(len(numbers)), key=lambda token: -numbers[token])[:k]
        new[best] = row[best] / row[best].sum()
    return result


# %% values written at sorted places
def top_k_filter(probabilities, k):
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    values, places = probabilities.sort(descending=True, stable=True)
    values, places = values[:, :k], places[:, :k]
    values = values / values.sum(dim=1, keepdim=True)
    return torch.zeros_like(probabilities).scatter_(1, places, values)


# %% row numbers and advanced indexing
def top_k_filter(probabilities, k):
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    kept = probabilities.clone()
    rows = torch.arange(len(kept)).unsqueeze(1)
    kept[rows, probabilities.argsort(dim=1, descending=True, stable=True)[:, k:]] = 0
    return kept.div(kept.sum(1, keepdim=True))


# %% a tiny penalty for larger numbers
def top_k_filter(probabilities, k):
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    k = min(k, probabilities.size(-1))
    penalty = 1e-12 * torch.arange(probabilities.size(-1), dtype=torch.float64)
    best = torch.topk(probabilities.double() - penalty, k, dim=-1).indices
    kept = torch.zeros_like(probabilities).scatter(-1, best, probabilities.gather(-1, best))
    return kept / kept.sum(dim=-1, keepdim=True)


# %% the threshold, and then as many of its equals as fit
def top_k_filter(probabilities, k):
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    k = min(k, probabilities.shape[-1])
    edge = probabilities.topk(k, dim=-1).values[:, -1:]
    above, equal = probabilities > edge, probabilities == edge
    room = k - above.sum(dim=-1, keepdim=True)
    mask = above | (equal & (equal.cumsum(dim=-1) <= room))
    kept = torch.where(mask, probabilities, torch.zeros_like(probabilities))
    return kept / kept.sum(dim=-1, keepdim=True)


# %% logarithms and a softmax
def top_k_filter(probabilities, k):
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    dropped = probabilities.argsort(dim=-1, descending=True, stable=True)[:, k:]
    return probabilities.log().scatter(-1, dropped, -torch.inf).softmax(dim=-1)
