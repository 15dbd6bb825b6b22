"""Reference implementation for lesson 00_welcome: what the judge compares with.

Generated from solutions/00_welcome.py by `autograder build`.
Do not edit it: edit the master and build again.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def pairwise_dot_products(x: Tensor, y: Tensor) -> Tensor:
    """The dot product of every row of `x` with every row of `y`.

    Shapes: x (n, d), y (m, d) -> (n, m). Entry [i, j] belongs to row i of x and row j of y.
    The result has the dtype of the inputs. The inputs are not changed.
    Raises ValueError, with both shapes in the message, if one of them has not exactly two axes
    or if their d differs.
    """
    if x.dim() != 2 or y.dim() != 2 or x.shape[1] != y.shape[1]:
        raise ValueError(f"x and y must be (n, d) and (m, d), not {tuple(x.shape)} and {tuple(y.shape)}")
    return x @ y.T  # (n, d) @ (d, m) -> (n, m)


def masked_mean(values: Tensor, mask: Tensor) -> Tensor:
    """The mean over the positions that count, for each sequence of a batch.

    Shapes: values (batch, length, d), mask (batch, length) of dtype bool -> (batch, d).
    True in the mask means: this position counts. A sequence in which no position counts has mean 0,
    and its gradient is 0. The result has the dtype of `values`. The inputs are not changed.
    Raises TypeError, with the dtype in the message, if the mask is not bool;
    ValueError, with both shapes in the message, if values has not exactly three axes
    or the mask's shape is not the first two of them.
    """
    if mask.dtype != torch.bool:
        raise TypeError(f"the mask must be bool (True = counts), not {mask.dtype}")
    if values.dim() != 3 or mask.shape != values.shape[:2]:
        raise ValueError(
            "values and mask must be (batch, length, d) and (batch, length), "
            f"not {tuple(values.shape)} and {tuple(mask.shape)}"
        )
    counted = values.masked_fill(~mask.unsqueeze(-1), 0.0)  # (batch, length, d), 0 where nothing counts
    count = mask.sum(dim=1, keepdim=True).clamp(min=1)  # (batch, 1), 1 for an empty sequence: 0 / 1 = 0
    return counted.sum(dim=1) / count  # (batch, d)
