# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811

import torch
from torch import Tensor


# %% comparison of positions
def causal_mask(length):
    position = torch.arange(length)
    return position.unsqueeze(0) <= position.unsqueeze(1)


# %% what is not above the diagonal
def causal_mask(length):
    return ~torch.triu(torch.ones(length, length, dtype=torch.bool), diagonal=1)


# %% triangle of numbers
def causal_mask(length):
    return torch.tril(torch.ones(length, length)).bool()


# %% triangle compared
def causal_mask(length):
    return torch.ones((length, length)).tril() == 1


# %% two loops
def causal_mask(length):
    mask = torch.zeros(length, length, dtype=torch.bool)
    for i in range(length):
        for j in range(i + 1):
            mask[i, j] = True
    return mask


# %% lists
def causal_mask(length: int) -> Tensor:
    return torch.tensor([[j <= i for j in range(length)] for i in range(length)])


# %% index pairs
def causal_mask(length):
    mask = torch.full((length, length), False)
    rows, columns = torch.tril_indices(length, length)
    mask[rows, columns] = True
    return mask


# %% cumulative sum of the identity
def causal_mask(length):
    return torch.eye(length).cumsum(dim=0).bool()


# %% from an additive mask
def causal_mask(length):
    additive = torch.full((length, length), float("-inf")).triu(1)
    return additive == 0


# %% grid of differences
def causal_mask(length):
    row, column = torch.meshgrid(torch.arange(length), torch.arange(length), indexing="ij")
    return (row - column).ge(0)


# %% one row at a time
def causal_mask(length):
    return torch.stack([torch.arange(length) < i + 1 for i in range(length)])


# %% compiled
@torch.compile(backend="eager")
def triangle(length):
    return torch.ones(length, length, dtype=torch.bool).tril()


def causal_mask(length):
    return triangle(length)
