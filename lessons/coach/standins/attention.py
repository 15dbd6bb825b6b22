"""Stand-ins for lesson 1. Used by carry_over and by the judge."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel

__all__ = ["stable_softmax", "attention_scores", "padding_mask", "causal_mask", "scaled_dot_product_attention"]


def stable_softmax(scores: Tensor, dim: int = -1) -> Tensor:
    """Softmax along `dim`; a slice of only −inf becomes 0, with gradient 0."""
    empty = torch.isneginf(scores).all(dim, keepdim=True)
    return torch.where(empty, 0, torch.softmax(torch.where(empty, 0, scores), dim))


def attention_scores(query: Tensor, key: Tensor) -> Tensor:
    """(..., query_length, d_k), (..., key_length, d_k) → (..., query_length, key_length), scaled."""
    alike = query.shape[-1:] == key.shape[-1:] and query.shape[:-2] == key.shape[:-2]
    if query.ndim < 2 or key.ndim < 2 or not alike:
        raise ValueError(f"query {list(query.shape)} and key {list(key.shape)} make no table of scores")
    lead, (rows, width), columns = query.shape[:-2], query.shape[-2:], key.shape[-2]
    batch = lead.numel()
    start = query.new_zeros(1, 1, 1).expand(batch, rows, columns)
    q, k = query.reshape(batch, rows, width), key.reshape(batch, columns, width)
    flat = torch.baddbmm(start, q, k.mT, beta=0, alpha=width**-0.5)
    return flat.reshape(*lead, rows, columns)


def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    """(batch,) → bool (batch, 1, max_length), True for real positions."""
    if lengths.ndim != 1:
        raise ValueError(f"one length per sequence is wanted, but lengths has shape {list(lengths.shape)}")
    outside = [n for n in lengths.tolist() if n not in range(max_length + 1)]
    if outside:
        raise ValueError(f"no sequence of at most {max_length} can have length {outside[0]}")
    # row n of the table starts with n times True
    table = torch.tril(torch.ones(max_length + 1, max_length, device=lengths.device), diagonal=-1).bool()
    return F.embedding(lengths.long(), table)[:, None]


def causal_mask(length: int) -> Tensor:
    """→ bool (length, length), True where the row's position may attend to the column's."""
    return torch.isfinite(nn.Transformer.generate_square_subsequent_mask(length))


def scaled_dot_product_attention(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """→ output (..., query_length, d_v), weights (..., query_length, key_length): torch's attention, asked twice."""
    _fit("query", query, "key", key, query.shape[-1:] == key.shape[-1:] and query.shape[:-2] == key.shape[:-2])
    _fit("key", key, "value", value, key.shape[:-1] == value.shape[:-1])
    wanted = (*query.shape[:-1], key.shape[-2])
    allowed = None if mask is None else _spread(mask, wanted)
    identity = torch.eye(key.shape[-2], dtype=value.dtype, device=value.device).expand(*key.shape[:-1], key.shape[-2])
    with sdpa_kernel(SDPBackend.MATH):  # the one way that is exact, differentiable and takes any leading axes
        return tuple(F.scaled_dot_product_attention(query, key, v, attn_mask=allowed) for v in (value, identity))


def _spread(mask: Tensor, wanted: tuple[int, ...]) -> Tensor:
    if mask.dtype is not torch.bool:
        raise TypeError(f"mask has dtype {mask.dtype}, but only bool says who may attend")
    try:
        if mask.ndim >= 2:
            return mask.expand(wanted)
    except RuntimeError:
        pass
    raise ValueError(f"mask of shape {list(mask.shape)} does not go with scores of shape {list(wanted)}")


def _fit(first: str, a: Tensor, second: str, b: Tensor, fits: bool) -> None:
    if min(a.ndim, b.ndim) < 2 or not fits:
        raise ValueError(f"{first} of shape {list(a.shape)} does not go with {second} of shape {list(b.shape)}")
