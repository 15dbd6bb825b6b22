# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811

import torch
from torch import Tensor


# %% where, and a count of at least 1
def masked_mean(values, mask):
    if mask.dtype != torch.bool:
        raise TypeError(f"bool wanted, got {mask.dtype}")
    if values.dim() != 3 or values.shape[:2] != mask.shape:
        raise ValueError(f"{tuple(values.shape)} and {tuple(mask.shape)}")
    kept = torch.where(mask[..., None], values, torch.zeros_like(values))
    return kept.sum(1) / mask.sum(1, keepdim=True).clamp_min(1)


# %% multiplied by the mask as numbers
def masked_mean(values, mask):
    if mask.dtype != torch.bool:
        raise TypeError(f"bool wanted, got {mask.dtype}")
    if values.dim() != 3 or values.shape[:2] != mask.shape:
        raise ValueError(f"{tuple(values.shape)} and {tuple(mask.shape)}")
    weights = mask.to(values.dtype).unsqueeze(2)
    return (values * weights).sum(dim=1) / torch.clamp(weights.sum(dim=1), min=1.0)


# %% einsum
def masked_mean(values, mask):
    if mask.dtype != torch.bool:
        raise TypeError(f"bool wanted, got {mask.dtype}")
    if values.dim() != 3 or values.shape[:2] != mask.shape:
        raise ValueError(f"{tuple(values.shape)} and {tuple(mask.shape)}")
    numbers = mask.to(values.dtype)
    total = torch.einsum("bld,bl->bd", values, numbers)
    return total / numbers.sum(1).clamp(min=1)[:, None]


# %% loop over sequences
def masked_mean(values, mask):
    if mask.dtype != torch.bool:
        raise TypeError(f"bool wanted, got {mask.dtype}")
    if values.dim() != 3 or values.shape[:2] != mask.shape:
        raise ValueError(f"{tuple(values.shape)} and {tuple(mask.shape)}")
    rows = []
    for sequence, keep in zip(values, mask, strict=True):
        chosen = sequence[keep]
        rows.append(chosen.mean(dim=0) if len(chosen) else sequence.sum(dim=0) * 0)
    return torch.stack(rows)


# %% batched matrix product
def masked_mean(values, mask):
    if mask.dtype != torch.bool:
        raise TypeError(f"bool wanted, got {mask.dtype}")
    if values.dim() != 3 or values.shape[:2] != mask.shape:
        raise ValueError(f"{tuple(values.shape)} and {tuple(mask.shape)}")
    weights = mask.to(values) / mask.sum(dim=-1, keepdim=True).clamp(min=1)
    return torch.bmm(weights.unsqueeze(1), values).squeeze(1)


# %% an empty sequence treated on its own
def masked_mean(values, mask):
    if mask.dtype != torch.bool:
        raise TypeError(f"bool wanted, got {mask.dtype}")
    if values.dim() != 3 or values.shape[:2] != mask.shape:
        raise ValueError(f"{tuple(values.shape)} and {tuple(mask.shape)}")
    count = mask.sum(dim=1)
    count = torch.where(count == 0, torch.ones_like(count), count)
    return (values * mask.unsqueeze(-1)).sum(dim=1) / count.unsqueeze(-1)


# %% nanmean, empty sequences repaired without a division
def masked_mean(values, mask):
    if mask.dtype != torch.bool:
        raise TypeError(f"bool wanted, got {mask.dtype}")
    if values.dim() != 3 or values.shape[:2] != mask.shape:
        raise ValueError(f"{tuple(values.shape)} and {tuple(mask.shape)}")
    some = mask | ~mask.any(dim=1, keepdim=True)
    mean = torch.where(some.unsqueeze(-1), values, torch.nan).nanmean(dim=1)
    return mean * mask.any(dim=1, keepdim=True)


# %% checks in another order, one message for both
def masked_mean(values: Tensor, mask: Tensor) -> Tensor:
    fits = values.ndim == 3 and list(mask.shape) == list(values.shape)[:2]
    if not fits:
        raise ValueError("mask " + str(mask.shape) + " for values " + str(values.shape))
    if mask.dtype is not torch.bool:
        raise TypeError("True and False are needed, not " + str(mask.dtype))
    summed = values.masked_fill(mask.logical_not().unsqueeze(-1), 0).sum(1)
    return summed.div(mask.count_nonzero(dim=1).clamp(min=1).unsqueeze(1))


# %% float64 inside
def masked_mean(values, mask):
    if mask.dtype != torch.bool:
        raise TypeError(f"bool wanted, got {mask.dtype}")
    if values.dim() != 3 or values.shape[:2] != mask.shape:
        raise ValueError(f"{tuple(values.shape)} and {tuple(mask.shape)}")
    exact = values.double() * mask.unsqueeze(-1).double()
    return (exact.sum(1) / mask.double().sum(1, keepdim=True).clamp(min=1)).to(values.dtype)


# %% compiled
@torch.compile(backend="eager")
def mean_of(values, mask):
    return values.masked_fill(~mask.unsqueeze(-1), 0.0).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)


def masked_mean(values, mask):
    if mask.dtype != torch.bool:
        raise TypeError(f"bool wanted, got {mask.dtype}")
    if values.dim() != 3 or values.shape[:2] != mask.shape:
        raise ValueError(f"{tuple(values.shape)} and {tuple(mask.shape)}")
    return mean_of(values, mask)
