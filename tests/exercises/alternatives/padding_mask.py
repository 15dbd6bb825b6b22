# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811

import torch
import torch.nn.functional as F
from torch import Tensor


# %% a loop over sequences
def padding_mask(lengths, max_length):
    if lengths.dim() != 1:
        raise ValueError(f"one axis is needed, not {list(lengths.shape)}")
    mask = torch.zeros(len(lengths), 1, max_length, dtype=torch.bool)
    for row, length in enumerate(lengths.tolist()):
        if length < 0 or length > max_length:
            raise ValueError(f"{length} is not in 0 … {max_length}")
        mask[row, 0, :length] = True
    return mask


# %% the largest and the smallest are checked
def padding_mask(lengths, max_length):
    if lengths.ndim != 1:
        raise ValueError(lengths.shape)
    if lengths.max() > max_length:
        raise ValueError(f"longest {lengths.max()} > {max_length}")
    if lengths.min() < 0:
        raise ValueError(f"shortest {lengths.min().item()} < 0, max_length {max_length}")
    return torch.arange(max_length)[None, None, :] < lengths[:, None, None]


# %% all wrong lengths named at once
def padding_mask(lengths, max_length):
    if len(lengths.shape) != 1:
        raise ValueError(f"lengths has shape {tuple(lengths.shape)}")
    wrong = (lengths < 0) | (lengths > max_length)
    if wrong.any():
        raise ValueError(f"lengths {lengths[wrong].tolist()} do not fit into max_length={max_length}")
    return lengths.view(-1, 1, 1).gt(torch.arange(max_length))


# %% a table of lists
def padding_mask(lengths, max_length):
    if lengths.dim() != 1:
        raise ValueError(str(lengths.size()))
    rows = []
    for n in lengths.tolist():
        if not (0 <= n <= max_length):
            raise ValueError(f"length={n}, max_length={max_length}")
        rows.append([[True] * n + [False] * (max_length - n)])
    return torch.tensor(rows, dtype=torch.bool).reshape(len(rows), 1, max_length)


# %% numbers turned into bool at the end
def padding_mask(lengths, max_length):
    if lengths.dim() != 1:
        raise ValueError(f"{tuple(lengths.shape)}")
    if ((lengths < 0) | (lengths > max_length)).any():
        raise ValueError(f"lengths {lengths.tolist()} must lie between 0 and {max_length}")
    positions = torch.arange(1, max_length + 1).expand(len(lengths), max_length)
    return (positions <= lengths.unsqueeze(-1)).float().bool()[:, None]


# %% what is not padding
def padding_mask(lengths, max_length):
    if lengths.dim() != 1:
        raise ValueError(f"expected 1 axis, got {lengths.dim()}: {lengths.shape}")
    for n in lengths:
        if n < 0 or n > max_length:
            raise ValueError(f"{n} and {max_length}")
    padding = torch.arange(max_length).unsqueeze(0) >= lengths.unsqueeze(1)
    return (~padding).unsqueeze(1)


# %% an upper triangle indexed by length
def padding_mask(lengths, max_length):
    if lengths.dim() != 1:
        raise ValueError(f"{tuple(lengths.shape)}")
    if not bool(((0 <= lengths) & (lengths <= max_length)).all()):
        raise ValueError(f"{lengths} {max_length}")
    table = torch.ones(max_length + 1, max_length, dtype=torch.bool).tril(diagonal=-1)
    return table[lengths].unsqueeze(1)


# %% cumulative sum
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    if lengths.dim() != 1:
        raise ValueError(f"{lengths.shape}")
    if any(n < 0 or n > max_length for n in lengths.tolist()):
        raise ValueError(f"lengths {lengths.tolist()}, max_length {max_length}")
    ends = torch.zeros(len(lengths), max_length + 1)
    ends[torch.arange(len(lengths)), lengths] = 1
    return (ends.cumsum(dim=1)[:, :max_length] == 0).unsqueeze(1)


# %% repeat and logical_not
def padding_mask(lengths, max_length):
    if lengths.dim() != 1:
        raise ValueError(f"lengths: {tuple(lengths.shape)}")
    low, high = int(lengths.min()), int(lengths.max())
    if low < 0 or high > max_length:
        raise ValueError(f"lengths from {low} to {high}, max_length {max_length}")
    batch = lengths.shape[0]
    position = torch.arange(max_length).repeat(batch, 1)
    return torch.logical_not(torch.ge(position, lengths.reshape(batch, 1))).reshape(batch, 1, max_length)


# %% stacked rows
def padding_mask(lengths, max_length):
    if lengths.dim() != 1:
        raise ValueError(f"not one axis: {tuple(lengths.shape)}")
    rows = []
    for n in map(int, lengths):
        if n < 0 or n > max_length:
            raise ValueError("length", n, "max_length", max_length)
        rows.append(F.pad(torch.ones(1, n), (0, max_length - n)) > 0)
    return torch.stack(rows)
