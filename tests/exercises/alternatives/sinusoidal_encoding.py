# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811

import math

import torch
from torch import Tensor


# %% two loops
def sinusoidal_encoding(length, d_model, base=10000.0):
    rows = []
    for p in range(length):
        angles = [p / base ** (2 * (column // 2) / d_model) for column in range(d_model)]
        rows.append([math.sin(a) if column % 2 == 0 else math.cos(a) for column, a in enumerate(angles)])
    return torch.tensor(rows)


# %% exponential of a logarithm, as often seen
def sinusoidal_encoding(length, d_model, base=10000.0):
    pe = torch.zeros(length, d_model)
    position = torch.arange(0, length).unsqueeze(1).float()
    div_term = torch.exp(torch.arange(0, d_model, 2).float() * -(math.log(base) / d_model))
    pe[:, 0::2] = torch.sin(position * div_term)
    pe[:, 1::2] = torch.cos(position * div_term[: d_model // 2])
    return pe


# %% stacked and flattened
def sinusoidal_encoding(length, d_model, base=10000.0):
    pairs = (d_model + 1) // 2
    angles = torch.outer(torch.arange(length).double(), base ** (-2 * torch.arange(pairs).double() / d_model))
    return torch.stack((angles.sin(), angles.cos()), dim=-1).flatten(1)[:, :d_model].float()


# %% cosine as a shifted sine
def sinusoidal_encoding(length, d_model, base=10000.0):
    column = torch.arange(d_model, dtype=torch.float64)
    angles = torch.arange(length)[:, None] * base ** (-(column - column % 2) / d_model)
    return torch.sin(angles + (column % 2) * math.pi / 2).to(torch.float32)


# %% complex numbers
def sinusoidal_encoding(length, d_model, base=10000.0):
    speed = torch.tensor([base ** (-i / d_model) for i in range(0, d_model, 2)], dtype=torch.float64)
    points = torch.exp(1j * torch.arange(length).unsqueeze(-1) * speed)
    return torch.view_as_real(points).flip(-1).reshape(length, 2 * len(speed))[:, :d_model].float()


# %% one column after another
def sinusoidal_encoding(length: int, d_model: int, base: float = 10000.0) -> Tensor:
    p = torch.arange(length, dtype=torch.float64)
    columns = []
    for i in range(0, d_model, 2):
        angle = p / math.pow(base, i / d_model)
        columns += [angle.sin(), angle.cos()]
    return torch.stack(columns[:d_model], dim=1).float()


# %% where
def sinusoidal_encoding(length, d_model, base=10000.0):
    column = torch.arange(d_model)
    even = (column // 2 * 2).double()
    angles = torch.arange(length).double().unsqueeze(1) / torch.pow(torch.tensor(base).double(), even / d_model)
    return torch.where(column % 2 == 0, angles.sin(), angles.cos()).float()


# %% one turn after another
def sinusoidal_encoding(length, d_model, base=10000.0):
    speed = torch.tensor([base ** (-i / d_model) for i in range(0, d_model, 2)], dtype=torch.float64)
    s, c = torch.zeros_like(speed), torch.ones_like(speed)
    table = torch.zeros(length, d_model)
    for p in range(length):
        table[p, 0::2] = s.float()
        table[p, 1::2] = c[: d_model // 2].float()
        s, c = s * speed.cos() + c * speed.sin(), c * speed.cos() - s * speed.sin()
    return table


# %% a strided fill
def sinusoidal_encoding(length, d_model, base=10000.0):
    even = d_model + d_model % 2
    exponents = torch.linspace(0, even - 2, even // 2, dtype=torch.float64) / d_model
    angles = torch.einsum("p,i->pi", torch.arange(length, dtype=torch.float64), torch.tensor(base) ** -exponents)
    wide = torch.zeros(length, even)
    wide.view(length, -1, 2)[..., 0] = angles.sin()
    wide.view(length, -1, 2)[..., 1] = angles.cos()
    return wide[:, :d_model].contiguous()
