"""Reference implementation for lesson 03_positional_encoding: what the judge compares with.

Generated from solutions/03_positional_encoding.py by `autograder build`.
Do not edit it: edit the master and build again.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def sinusoidal_encoding(length: int, d_model: int, base: float = 10000.0) -> Tensor:
    """One row of sines and cosines for each position: the table of positional encodings.

    PE(p, 2i) = sin(p / base^(2i / d_model)),  PE(p, 2i + 1) = cos(p / base^(2i / d_model)).
    p = 0, 1, … is the position, i = 0, 1, … the number of the pair of columns.

    Shapes: -> (length, d_model), float32, without requires_grad. Sines and cosines alternate.
    d_model may be odd: then the last column is a sine without its cosine.
    Source: Vaswani et al., Attention Is All You Need (2017), section 3.5.
    """
    positions = torch.arange(length, dtype=torch.float64).unsqueeze(1)  # (length, 1)
    even = torch.arange(0, d_model, 2, dtype=torch.float64)  # 2i for every pair: (pairs,)
    angles = positions / base ** (even / d_model)  # (length, pairs)
    table = torch.empty(length, d_model, dtype=torch.float64)
    table[:, 0::2] = angles.sin()
    table[:, 1::2] = angles[:, : d_model // 2].cos()  # an odd d_model has one cosine less
    return table.float()


class PositionalEncoding(nn.Module):
    """Adds to every vector of a sequence the encoding of its position, then applies dropout.

    It has no parameters: the table is computed once, for max_length positions, and not trained.
    It must move with the module (`.to`, `.double()`), which a buffer does.
    Source: Vaswani et al. (2017), sections 3.5 and 5.4.
    """

    def __init__(self, d_model: int, max_length: int = 5000, dropout: float = 0.0):
        super().__init__()
        self.register_buffer("table", sinusoidal_encoding(max_length, d_model), persistent=False)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (batch, length, d_model) -> (batch, length, d_model). The input is not changed.

        Dropout acts on the sum, in training only.
        Raises ValueError, with length and max_length in the message, if the sequence is longer than max_length;
        and, with both numbers in the message, if the last axis of x is not d_model.
        """
        max_length, d_model = self.table.shape
        length = x.shape[1]
        if length > max_length:
            raise ValueError(f"a sequence of length {length} is longer than max_length = {max_length}")
        if x.shape[-1] != d_model:
            raise ValueError(f"x has {x.shape[-1]} numbers per position, but d_model is {d_model}")
        return self.dropout(x + self.table[:length])  # (batch, length, d_model) + (length, d_model)


def shift_matrix(offset: int, d_model: int, base: float = 10000.0) -> Tensor:
    """The matrix M that moves every encoding by the same number of positions: pe[p + offset] = pe[p] @ M.T.

    pe is the table of sinusoidal_encoding. M depends on the offset, and not on the position p.
    offset may be negative: then M moves back.

    Shapes: -> (d_model, d_model), float32, without requires_grad.
    Raises ValueError, with d_model in the message, if d_model is odd: a sine without its cosine cannot be moved.
    Source: Vaswani et al. (2017), section 3.5: "PE(pos + k) can be represented as a linear function of PE(pos)".
    """
    if d_model % 2 != 0:
        raise ValueError(f"d_model must be even, not {d_model}")
    even = torch.arange(0, d_model, 2, dtype=torch.float64)  # (pairs,)
    angles = offset / base ** (even / d_model)  # by how much each pair turns: (pairs,)
    matrix = torch.zeros(d_model, d_model, dtype=torch.float64)
    sines, cosines = torch.arange(0, d_model, 2), torch.arange(1, d_model, 2)
    matrix[sines, sines] = angles.cos()  # sin(a + b) = sin a · cos b + cos a · sin b
    matrix[sines, cosines] = angles.sin()
    matrix[cosines, sines] = -angles.sin()  # cos(a + b) = −sin a · sin b + cos a · cos b
    matrix[cosines, cosines] = angles.cos()
    return matrix.float()


def rotate(x: Tensor, positions: Tensor, base: float = 10000.0) -> Tensor:
    """Rotary position embedding: turn every pair of numbers by an angle that grows with the position.

    The pair (x[2i], x[2i + 1]) of the vector at position p is turned by the angle a = p · base^(−2i / d):
    (x[2i] · cos a − x[2i + 1] · sin a,  x[2i] · sin a + x[2i + 1] · cos a).

    Shapes: x (..., length, d), positions (length,), integers -> (..., length, d), the dtype of x.
    There may be any number of leading axes. The input is not changed, and gradients flow to x.
    Raises ValueError, with d in the message, if d is odd; and, with both sizes in the message, if there are not
    as many positions as vectors.
    Source: Su et al., RoFormer (2021), section 3.2.2, equation 15.
    """
    length, d = x.shape[-2:]
    if d % 2 != 0:
        raise ValueError(f"the last axis must be even, not {d}")
    if positions.shape != (length,):
        raise ValueError(f"there are {length} vectors, but the positions have the shape {tuple(positions.shape)}")
    even = torch.arange(0, d, 2, dtype=torch.float64)  # (pairs,)
    angles = positions.unsqueeze(1) / base ** (even / d)  # (length, pairs)
    sine, cosine = angles.sin().to(x.dtype), angles.cos().to(x.dtype)
    first, second = x[..., 0::2], x[..., 1::2]  # (..., length, pairs)
    turned = torch.stack((first * cosine - second * sine, first * sine + second * cosine), dim=-1)
    return turned.flatten(-2)  # (..., length, pairs, 2) -> (..., length, d)
