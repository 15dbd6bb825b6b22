"""Stand-ins for lesson 3. Used by carry_over and by the judge.

Everything is made of complex numbers: a pair (cos a, sin a) is a point on the unit circle.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

__all__ = ["sinusoidal_encoding", "PositionalEncoding", "shift_matrix", "rotate"]


def sinusoidal_encoding(length: int, d_model: int, base: float = 10000.0) -> Tensor:
    """→ float32 (length, d_model): sine, cosine, sine, …"""
    last = -2 * ((d_model - 1) // 2) / d_model
    speeds = torch.logspace(0, last, steps=(d_model + 1) // 2, base=base, dtype=torch.float64)
    angles = torch.outer(torch.arange(length, dtype=torch.float64), speeds)
    points = torch.view_as_real(torch.polar(torch.ones_like(angles), angles))
    return points.flip(-1).flatten(-2)[:, :d_model].to(torch.float32)


class PositionalEncoding(nn.Module):
    """Adds the rows of the table to a batch of sequences, then drops out."""

    def __init__(self, d_model: int, max_length: int = 5000, dropout: float = 0.0):
        super().__init__()
        self.rate = dropout
        self.rows = nn.Buffer(sinusoidal_encoding(max_length, d_model), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, length, d_model) → the same shape."""
        if x.size(1) > self.rows.size(0) or x.size(2) != self.rows.size(1):
            raise ValueError(f"x of shape {list(x.shape)} does not go with a table of shape {list(self.rows.shape)}")
        return nn.functional.dropout(torch.add(x, self.rows.narrow(0, 0, x.size(1))), self.rate, self.training)


def shift_matrix(offset: int, d_model: int, base: float = 10000.0) -> Tensor:
    """→ float32 (d_model, d_model): a turn of every pair, on the diagonal."""
    if d_model & 1:
        raise ValueError(f"{d_model} columns are not pairs of a sine and a cosine")
    turned = sinusoidal_encoding(abs(offset) + 1, d_model, base)[-1].view(-1, 2)  # position 0 after that many steps
    way = 1 if offset > 0 else -1
    return torch.block_diag(*(torch.stack((c, way * s, -way * s, c)).view(2, 2) for s, c in turned))


def rotate(x: Tensor, positions: Tensor, base: float = 10000.0) -> Tensor:
    """(..., length, d), (length,) → (..., length, d): every pair is multiplied by a complex number of length 1."""
    if x.size(-1) & 1 or list(positions.shape) != [x.size(-2)]:
        raise ValueError(f"x of shape {list(x.shape)} does not go with positions of shape {list(positions.shape)}")
    pairs = torch.view_as_complex(x.double().unflatten(-1, (-1, 2)).contiguous())
    count = pairs.size(-1)
    angles = positions.double().unsqueeze(1) * torch.logspace(0, 1 / count - 1, count, base, dtype=torch.float64)
    return torch.view_as_real(pairs * (1j * angles).exp()).flatten(-2).to(x.dtype)
