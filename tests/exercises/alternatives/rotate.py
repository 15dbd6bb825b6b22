# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811, F821

import math

import torch
from torch import Tensor


# %% in every cell
def checked(x, positions):
    if x.shape[-1] % 2:
        raise ValueError(f"{x.shape[-1]} is odd")
    if positions.dim() != 1 or len(positions) != x.shape[-2]:
        raise ValueError(f"{positions.numel()} positions for {x.shape[-2]} vectors")
    return x.shape[-1]



# %% complex numbers
def rotate(x, positions, base=10000.0):
    d = checked(x, positions)
    speed = base ** (-torch.arange(0, d, 2).double() / d)
    angles = torch.outer(positions.double(), speed)
    pairs = torch.view_as_complex(x.double().reshape(*x.shape[:-1], d // 2, 2).contiguous())
    return torch.view_as_real(pairs * torch.polar(torch.ones_like(angles), angles)).flatten(-2).to(x.dtype)


# %% the partner of every number
def rotate(x, positions, base=10000.0):
    d = checked(x, positions)
    angles = positions[:, None].double() * base ** (-torch.arange(0, d, 2).double() / d)
    cosine, sine = (f(angles).repeat_interleave(2, dim=-1).to(x.dtype) for f in (torch.cos, torch.sin))
    partner = torch.stack((-x[..., 1::2], x[..., 0::2]), dim=-1).reshape(x.shape)
    return x * cosine + partner * sine


# %% float32 throughout
def rotate(x, positions, base=10000.0):
    d = checked(x, positions)
    freqs = 1.0 / (base ** (torch.arange(0, d, 2).float() / d))
    angles = torch.outer(positions.float(), freqs)
    a, b = x.unflatten(-1, (-1, 2)).unbind(-1)
    return torch.stack([a * angles.cos() - b * angles.sin(), a * angles.sin() + b * angles.cos()], -1).reshape(x.shape)


# %% filled into an empty result
def rotate(x, positions, base=10000.0):
    d = checked(x, positions)
    angles = (positions.unsqueeze(-1) / base ** (torch.arange(0, d, 2) / d)).to(x.dtype)
    result = torch.zeros_like(x)
    result[..., 0::2] = x[..., 0::2] * angles.cos() - x[..., 1::2] * angles.sin()
    result[..., 1::2] = x[..., 1::2] * angles.cos() + x[..., 0::2] * angles.sin()
    return result


# %% a matrix for every position
def rotate(x, positions, base=10000.0):
    d = checked(x, positions)
    matrices = []
    for p in positions.tolist():
        blocks = []
        for i in range(0, d, 2):
            a = p * base ** (-i / d)
            blocks.append(torch.tensor([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]], dtype=torch.float64))
        matrices.append(torch.block_diag(*blocks))
    return torch.einsum("lij,...lj->...li", torch.stack(matrices).to(x.dtype), x)


# %% shift_matrix of every position
def rotate(x, positions, base=10000.0):
    d = checked(x, positions)
    back = torch.stack([shift_matrix(-int(p), d, base) for p in positions])
    return (back.to(x.dtype) @ x.unsqueeze(-1)).squeeze(-1)


# %% one pair after another
def rotate(x: Tensor, positions: Tensor, base: float = 10000.0) -> Tensor:
    d = checked(x, positions)
    columns = []
    for i in range(0, d, 2):
        a = positions.to(torch.float64) * base ** (-i / d)
        c, s = torch.cos(a).to(x.dtype), torch.sin(a).to(x.dtype)
        columns.append(x[..., i] * c - x[..., i + 1] * s)
        columns.append(x[..., i] * s + x[..., i + 1] * c)
    return torch.stack(columns, dim=-1)


# %% an index for the partners
def rotate(x, positions, base=10000.0):
    d = checked(x, positions)
    column = torch.arange(d)
    angles = torch.outer(positions.double(), base ** (-(column - column % 2).double() / d)).to(x.dtype)
    sign = (2 * (column % 2) - 1).to(x.dtype)
    return x * angles.cos() + sign * x[..., column ^ 1] * angles.sin()


# %% columns from the table
def rotate(x, positions, base=10000.0):
    d = checked(x, positions)
    rows = sinusoidal_encoding(int(positions.max()) + 1, d, base)[positions].to(x.dtype)
    sine, cosine = rows[:, 0::2], rows[:, 1::2]
    first, second = x[..., 0::2], x[..., 1::2]
    return torch.stack((first * cosine - second * sine, first * sine + second * cosine), dim=-1).flatten(-2)
