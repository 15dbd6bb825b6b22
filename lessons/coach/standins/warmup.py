"""Stand-ins for lesson 0. Used by carry_over and by the judge."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

__all__ = ["pairwise_dot_products", "masked_mean"]


def pairwise_dot_products(x: Tensor, y: Tensor) -> Tensor:
    """(n, d), (m, d) → (n, m). Raises ValueError naming both shapes."""
    if (x.ndim, y.ndim) != (2, 2) or x.size(-1) != y.size(-1):
        raise ValueError(f"rows of shapes {list(x.shape)} and {list(y.shape)} have no dot products")
    return F.linear(x, y)  # a linear layer's weight has one row per output


def masked_mean(values: Tensor, mask: Tensor) -> Tensor:
    """(batch, length, d), bool (batch, length) → (batch, d); 0 where nothing counts. Raises TypeError, ValueError."""
    if mask.dtype is not torch.bool:
        raise TypeError(f"mask has dtype {mask.dtype}, but only bool says what counts")
    if values.ndim != 3 or list(mask.shape) != list(values.shape[:2]):
        raise ValueError(f"mask of shape {list(mask.shape)} does not fit values of shape {list(values.shape)}")
    # bags of positions: torch's EmbeddingBag averages what the offsets point to, and an empty bag is 0
    batch, length, width = values.shape
    table = values.reshape(batch * length, width)
    chosen = mask.reshape(-1).nonzero().squeeze(-1)
    starts = F.pad(mask.sum(-1).cumsum(0), (1, -1)) if batch else mask.new_zeros(0, dtype=torch.long)
    return F.embedding_bag(chosen, table, starts, mode="mean")
