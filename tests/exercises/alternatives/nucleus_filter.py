# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811
import torch
import torch.nn.functional as F


# %% the running sum moved by one
def nucleus_filter(probabilities, p):
    if p <= 0 or p > 1:
        raise ValueError(f"p = {p} is not in (0, 1]")
    values, places = torch.sort(probabilities, dim=-1, descending=True, stable=True)
    reached = F.pad(values.cumsum(dim=-1), (1, 0))[:, :-1] >= p
    values = values.masked_fill(reached, 0)
    values = values / values.sum(dim=-1, keepdim=True)
    return torch.zeros_like(probabilities).scatter_(1, places, values)


# %% how many are needed
def nucleus_filter(probabilities, p):
    if not 0 < p <= 1:
        raise ValueError("p", p)
    values, places = probabilities.sort(dim=1, descending=True, stable=True)
    needed = (values.cumsum(dim=1) < p).sum(dim=1, keepdim=True) + 1
    rank = places.argsort(dim=1)
    kept = probabilities * (rank < needed)
    return kept / kept.sum(dim=1, keepdim=True)


# %% sums of all that are more probable
def nucleus_filter(probabilities, p):
    if not 0 < p <= 1:
        raise ValueError(f"p must be in (0, 1], not {p}")
    size = probabilities.shape[1]
    mine, others = probabilities[:, :, None], probabilities[:, None, :]
    earlier = torch.arange(size)[None, :] < torch.arange(size)[:, None]
    before = (others * ((others > mine) | ((others == mine) & earlier))).sum(dim=-1)
    return F.normalize(torch.where(before < p, probabilities, 0), p=1, dim=-1)


# %% token after token
def nucleus_filter(probabilities, p):
    if not 0 < p <= 1:
        raise ValueError(f"p must be in (0, 1], not {p}")
    result = torch.zeros_like(probabilities)
    for new, row in zip(result, probabilities, strict=True):
        total = 0.0
        for token in row.argsort(descending=True, stable=True):
            if total >= p:
                break
            new[token] = row[token]
            total += row[token].item()
        new /= new.sum().clone()
    return result


# %% Python numbers
def nucleus_filter(probabilities, p):
    if not 0 < p <= 1:
        raise ValueError(f"p must be in (0, 1], not {p}")
    rows = []
    for row in probabilities.tolist():
        kept, total = set(), 0.0
        for token in sorted(range(len(row)), key=lambda token: (-row[token], token)):
            kept.add(token)
            total += row[token]
            if total >= p:
                break
        rows.append([share / total if token in kept else 0.0 for token, share in enumerate(row)])
    return torch.tensor(rows, dtype=probabilities.dtype)


# %% one maximum after the other
def nucleus_filter(probabilities, p):
    if not 0 < p <= 1:
        raise ValueError(f"p must be in (0, 1], not {p}")
    left, kept = probabilities.clone(), torch.zeros_like(probabilities)
    for _ in range(probabilities.shape[1]):
        open_rows = kept.sum(dim=-1, keepdim=True) < p
        if not open_rows.any():
            break
        best = left.argmax(dim=-1, keepdim=True)
        share = probabilities.gather(1, best)
        kept = kept.scatter(1, best, torch.where(open_rows, share, kept.gather(1, best)))
        left = left.scatter(1, best, -1.0)
    return kept / kept.sum(dim=-1, keepdim=True)


# %% the mask written back by gathering ranks
def nucleus_filter(probabilities, p):
    if not 0 < p <= 1:
        raise ValueError(f"p must be in (0, 1], not {p}")
    order = probabilities.argsort(dim=-1, descending=True, stable=True)
    values = probabilities.gather(-1, order)
    mask = (values.cumsum(-1) - values < p).gather(-1, order.argsort(dim=-1))
    kept = probabilities.masked_fill(~mask, 0.0)
    return kept / kept.sum(-1, keepdim=True)


# %% exclusive sum by a triangular matrix
def nucleus_filter(probabilities, p):
    if not 0 < p <= 1:
        raise ValueError(f"p must be in (0, 1], not {p}")
    values, places = probabilities.sort(dim=-1, descending=True, stable=True)
    size = values.shape[-1]
    before = values @ torch.ones(size, size, dtype=values.dtype).triu(diagonal=1)
    kept = torch.empty_like(probabilities).scatter_(-1, places, torch.where(before < p, values, 0))
    return kept / kept.sum(dim=-1, keepdim=True)


# %% the first always kept, then a shifted mask
def nucleus_filter(probabilities, p):
    if not 0 < p <= 1:
        raise ValueError(f"p must be in (0, 1], not {p}")
    values, places = torch.sort(probabilities, descending=True, stable=True)
    remove = values.cumsum(dim=-1) >= p
    remove[:, 1:] = remove[:, :-1].clone()
    remove[:, 0] = False
    remove = torch.zeros_like(remove).scatter(1, places, remove)
    kept = probabilities.masked_fill(remove, 0.0)
    return kept / kept.sum(dim=1, keepdim=True)


# %% logarithms and a softmax, row by row
def nucleus_filter(probabilities, p):
    if not 0 < p <= 1:
        raise ValueError(f"p must be in (0, 1], not {p}")
    rows = []
    for row in probabilities:
        values, places = row.sort(descending=True, stable=True)
        count = int(torch.searchsorted(values.cumsum(0), torch.tensor(p, dtype=row.dtype))) + 1
        logits = torch.full_like(row, -torch.inf)
        logits[places[:count]] = row[places[:count]].log()
        rows.append(logits.softmax(dim=0))
    return torch.stack(rows)
