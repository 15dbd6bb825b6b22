# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811
import math

import torch
from torch import Tensor


# %% einsum
def attention_scores(query, key):
    if query.dim() < 2 or key.dim() < 2 or query.shape[:-2] != key.shape[:-2] or query.shape[-1] != key.shape[-1]:
        raise ValueError(f"query {tuple(query.shape)} and key {tuple(key.shape)} do not fit")
    return torch.einsum("...qd,...kd->...qk", query, key) / query.shape[-1] ** 0.5


# %% the query scaled before the product
def attention_scores(query, key):
    if query.dim() < 2 or key.dim() < 2 or query.shape[:-2] != key.shape[:-2] or query.shape[-1] != key.shape[-1]:
        raise ValueError(f"query {tuple(query.shape)} and key {tuple(key.shape)} do not fit")
    return torch.matmul(query / math.sqrt(query.size(-1)), key.mT)


# %% both scaled by the fourth root
def attention_scores(query, key):
    if query.dim() < 2 or key.dim() < 2 or query.shape[:-2] != key.shape[:-2] or query.shape[-1] != key.shape[-1]:
        raise ValueError(f"query {tuple(query.shape)} and key {tuple(key.shape)} do not fit")
    root = query.shape[-1] ** 0.25
    return (query / root) @ (key / root).transpose(-1, -2)


# %% times the inverse root
def attention_scores(query, key):
    if query.dim() < 2 or key.dim() < 2 or query.shape[:-2] != key.shape[:-2] or query.shape[-1] != key.shape[-1]:
        raise ValueError(f"query {tuple(query.shape)} and key {tuple(key.shape)} do not fit")
    return (query @ key.swapaxes(-1, -2)).mul(query.shape[-1] ** -0.5)


# %% broadcast and sum
def attention_scores(query, key):
    if query.dim() < 2 or key.dim() < 2 or query.shape[:-2] != key.shape[:-2] or query.shape[-1] != key.shape[-1]:
        raise ValueError(f"query {tuple(query.shape)} and key {tuple(key.shape)} do not fit")
    products = query.unsqueeze(-2) * key.unsqueeze(-3)
    return products.sum(dim=-1) / math.sqrt(products.shape[-1])


# %% leading axes folded into one, with bmm
def attention_scores(query, key):
    if query.dim() < 2 or key.dim() < 2 or query.shape[:-2] != key.shape[:-2] or query.shape[-1] != key.shape[-1]:
        raise ValueError(f"query {tuple(query.shape)} and key {tuple(key.shape)} do not fit")
    *lead, length, d_k = query.shape
    folded = torch.bmm(query.reshape(-1, length, d_k), key.reshape(-1, key.shape[-2], d_k).transpose(1, 2))
    return (folded / d_k**0.5).reshape(*lead, length, key.shape[-2])


# %% a scale made as a tensor
def attention_scores(query, key):
    if query.dim() < 2 or key.dim() < 2 or query.shape[:-2] != key.shape[:-2] or query.shape[-1] != key.shape[-1]:
        raise ValueError(f"query {tuple(query.shape)} and key {tuple(key.shape)} do not fit")
    scale = torch.sqrt(torch.tensor(query.shape[-1], dtype=query.dtype))
    return torch.matmul(query, torch.transpose(key, -2, -1)) / scale


# %% keys times queries, turned
def attention_scores(query, key):
    if query.dim() < 2 or key.dim() < 2 or query.shape[:-2] != key.shape[:-2] or query.shape[-1] != key.shape[-1]:
        raise ValueError(f"query {tuple(query.shape)} and key {tuple(key.shape)} do not fit")
    return (key @ query.mT / math.sqrt(key.shape[-1])).mT


# %% a loop over queries
def attention_scores(query, key):
    if query.dim() < 2 or key.dim() < 2 or query.shape[:-2] != key.shape[:-2] or query.shape[-1] != key.shape[-1]:
        raise ValueError(f"query {tuple(query.shape)} and key {tuple(key.shape)} do not fit")
    rows = [(key @ query[..., i, :].unsqueeze(-1)).squeeze(-1) for i in range(query.shape[-2])]
    return torch.stack(rows, dim=-2) / math.sqrt(query.shape[-1])


# %% float64 inside, checks one by one
def attention_scores(query: Tensor, key: Tensor) -> Tensor:
    shapes = (*query.shape, *key.shape)
    if query.ndim < 2 or key.ndim < 2:
        raise ValueError("at least two axes are needed", shapes)
    if query.shape[-1] != key.shape[-1]:
        raise ValueError("d_k differs", shapes)
    if query.shape[:-2] != key.shape[:-2]:
        raise ValueError("leading axes differ", shapes)
    return (query.double() @ key.double().mT / math.sqrt(shapes[-1])).to(query.dtype)


# %% compiled
@torch.compile(backend="eager")
def product(query, key):
    return query @ key.mT * key.shape[-1] ** -0.5


def attention_scores(query, key):
    if query.dim() < 2 or key.dim() < 2 or query.shape[:-2] != key.shape[:-2] or query.shape[-1] != key.shape[-1]:
        raise ValueError(f"query {tuple(query.shape)} and key {tuple(key.shape)} do not fit")
    return product(query, key)
