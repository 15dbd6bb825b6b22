# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811, E501, B905

import math

import torch
from torch import Tensor


# %% in every cell
def turns(offset, d_model, base):
    if d_model % 2:
        raise ValueError(f"{d_model} is odd")
    return [offset * base ** (-i / d_model) for i in range(0, d_model, 2)]



# %% blocks on the diagonal
def shift_matrix(offset, d_model, base=10000.0):
    blocks = [torch.tensor([[math.cos(b), math.sin(b)], [-math.sin(b), math.cos(b)]]) for b in turns(offset, d_model, base)]
    return torch.block_diag(*blocks)


# %% entry by entry
def shift_matrix(offset, d_model, base=10000.0):
    matrix = torch.zeros(d_model, d_model)
    for pair, b in enumerate(turns(offset, d_model, base)):
        s, c = 2 * pair, 2 * pair + 1
        matrix[s, s] = matrix[c, c] = math.cos(b)
        matrix[s, c], matrix[c, s] = math.sin(b), -math.sin(b)
    return matrix


# %% lists
def shift_matrix(offset: int, d_model: int, base: float = 10000.0) -> Tensor:
    angles = turns(offset, d_model, base)
    def entry(row, column):
        if row // 2 != column // 2:
            return 0.0
        b = angles[row // 2]
        return math.cos(b) if row == column else math.sin(b) if row < column else -math.sin(b)
    return torch.tensor([[entry(r, c) for c in range(d_model)] for r in range(d_model)])


# %% matrix exponential
def shift_matrix(offset, d_model, base=10000.0):
    turns(offset, d_model, base)
    generator = torch.zeros(d_model, d_model, dtype=torch.float64)
    for i in range(0, d_model, 2):
        generator[i, i + 1] = base ** (-i / d_model)
        generator[i + 1, i] = -(base ** (-i / d_model))
    return torch.matrix_exp(offset * generator).float()


# %% power of one step
def shift_matrix(offset, d_model, base=10000.0):
    one = torch.zeros(d_model, d_model, dtype=torch.float64)
    for i, b in zip(range(0, d_model, 2), turns(1, d_model, base)):
        one[i : i + 2, i : i + 2] = torch.tensor([[math.cos(b), math.sin(b)], [-math.sin(b), math.cos(b)]])
    if d_model == 0:
        return one.float()
    step = one if offset >= 0 else one.T
    return torch.linalg.matrix_power(step, abs(offset)).float()


# %% diagonals
def shift_matrix(offset, d_model, base=10000.0):
    b = torch.tensor(turns(offset, d_model, base), dtype=torch.float64)
    beside = torch.stack((b.sin(), torch.zeros_like(b)), dim=1).flatten()[:-1]
    full = torch.diag(b.cos().repeat_interleave(2)) + torch.diag(beside, 1) - torch.diag(beside, -1)
    return full.to(torch.float32)


# %% strided view of blocks
def shift_matrix(offset, d_model, base=10000.0):
    b = torch.tensor(turns(offset, d_model, base))
    blocks = torch.stack((b.cos(), b.sin(), -b.sin(), b.cos()), dim=-1).view(-1, 2, 2)
    grid = torch.zeros(len(b), len(b), 2, 2)
    grid[range(len(b)), range(len(b))] = blocks
    return grid.transpose(1, 2).reshape(d_model, d_model)


# %% kronecker products
def shift_matrix(offset, d_model, base=10000.0):
    b = torch.tensor(turns(offset, d_model, base))
    turn = torch.tensor([[0.0, 1.0], [-1.0, 0.0]])
    return torch.kron(torch.diag(b.cos()), torch.eye(2)) + torch.kron(torch.diag(b.sin()), turn)


# %% solved from the table
def shift_matrix(offset, d_model, base=10000.0):
    angles = torch.tensor(turns(1, d_model, base), dtype=torch.float64)
    unit = torch.eye(d_model, dtype=torch.float64)
    s, c = unit[0::2], unit[1::2]
    shifted_sine = s * (offset * angles).cos()[:, None] + c * (offset * angles).sin()[:, None]
    shifted_cosine = c * (offset * angles).cos()[:, None] - s * (offset * angles).sin()[:, None]
    return torch.stack((shifted_sine, shifted_cosine), dim=1).reshape(d_model, d_model).float()
