"""Stand-ins for lesson 2. Used by carry_over and by the judge."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from coach.standins.attention import scaled_dot_product_attention

__all__ = ["split_heads", "merge_heads", "MultiHeadAttention", "count_parameters", "count_multiplications"]


def split_heads(x: Tensor, num_heads: int) -> Tensor:
    """(batch, length, d_model) → (batch, num_heads, length, d_head)."""
    if x.ndim != 3 or x.size(-1) % num_heads:
        raise ValueError(f"{num_heads} heads cannot share the last of the axes {list(x.shape)} of a batch")
    return torch.stack(torch.tensor_split(x, num_heads, dim=-1), dim=1)


def merge_heads(x: Tensor) -> Tensor:
    """(batch, num_heads, length, d_head) → (batch, length, d_model)."""
    if x.ndim != 4:
        raise ValueError(f"heads have four axes, but these have {list(x.shape)}")
    return torch.cat(torch.unbind(x, dim=1), dim=-1)


class MultiHeadAttention(nn.Module):
    """Several attentions side by side; forward → output (batch, query_length, d_model), weights of each head."""

    def __init__(self, d_model: int, num_heads: int, dropout: float = 0.0):
        super().__init__()
        if num_heads * (d_model // num_heads) < d_model:
            raise ValueError(f"{d_model} numbers cannot be shared by {num_heads} heads")
        for role in ("query", "key", "value", "output"):
            self.add_module(f"{role}_projection", nn.Linear(d_model, d_model))
        self.heads, self.rate = num_heads, dropout

    def forward(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        parts = ((self.query_projection, query), (self.key_projection, key), (self.value_projection, value))
        q, k, v = (split_heads(projection(x), self.heads) for projection, x in parts)
        every_head = mask if mask is None or mask.ndim < 3 else mask[:, None]
        found, weights = scaled_dot_product_attention(q, k, v, every_head)
        if self.training and self.rate:
            found = F.dropout(weights, self.rate) @ v
        return self.output_projection(merge_heads(found)), weights


def count_parameters(d_model: int, num_heads: int) -> int:
    """Learned numbers of a MultiHeadAttention: counted on torch's own, built without memory."""
    layer = nn.MultiheadAttention(d_model, num_heads, device="meta")
    return sum(p.numel() for p in layer.parameters())


def count_multiplications(query_length: int, key_length: int, d_model: int, num_heads: int) -> int:
    """Multiplications of the matrix products in one forward pass for one sequence, product by product."""
    size = d_model // num_heads
    products = [(rows, d_model, d_model) for rows in (query_length, key_length, key_length, query_length)]
    products += num_heads * [(query_length, size, key_length), (query_length, key_length, size)]
    return sum(rows * inner * columns for rows, inner, columns in products)
