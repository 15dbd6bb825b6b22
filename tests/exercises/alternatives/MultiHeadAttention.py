# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811, F821
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


# %% in every cell
class Layer(nn.Module):
    """The four projections and the check; solutions differ in what follows."""

    def __init__(self, d_model, num_heads, dropout=0.0):
        super().__init__()
        if d_model % num_heads:
            raise ValueError(f"{d_model} is no multiple of {num_heads}")
        self.h, self.p = num_heads, dropout
        self.query_projection = nn.Linear(d_model, d_model)
        self.key_projection = nn.Linear(d_model, d_model)
        self.value_projection = nn.Linear(d_model, d_model)
        self.output_projection = nn.Linear(d_model, d_model)

    def projected(self, query, key, value):
        return self.query_projection(query), self.key_projection(key), self.value_projection(value)


def allowed(mask, query, key, value):
    """The mask with all its axes, (batch, query_length, key_length)."""
    if key.shape[:-1] != value.shape[:-1]:
        raise ValueError(f"key {tuple(key.shape)} and value {tuple(value.shape)}")
    wanted = (query.shape[0], query.shape[1], key.shape[1])
    if mask is None:
        return torch.ones(wanted, dtype=torch.bool)
    if mask.dtype != torch.bool:
        raise TypeError(f"bool is needed, not {mask.dtype}")
    try:
        return mask.expand(wanted)
    except RuntimeError:
        raise ValueError(f"mask {tuple(mask.shape)} does not fit {wanted}") from None


# %% output of attention where nothing is dropped
class MultiHeadAttention(Layer):
    def forward(self, query, key, value, mask=None):
        q, k, v = (split_heads(x, self.h) for x in self.projected(query, key, value))
        if mask is not None and mask.dim() == 3:
            mask = mask[:, None]
        output, weights = attention.scaled_dot_product_attention(q, k, v, mask)
        if self.training and self.p > 0:
            output = torch.matmul(F.dropout(weights, self.p), v)
        return self.output_projection(merge_heads(output)), weights


# %% a loop over heads
class MultiHeadAttention(Layer):
    def forward(self, query, key, value, mask=None):
        q, k, v = self.projected(query, key, value)
        size = q.shape[-1] // self.h
        found, looked = [], []
        for i in range(self.h):
            part = slice(i * size, (i + 1) * size)
            _, weights = attention.scaled_dot_product_attention(q[..., part], k[..., part], v[..., part], mask)
            found.append(F.dropout(weights, self.p, self.training) @ v[..., part])
            looked.append(weights)
        return self.output_projection(torch.cat(found, -1)), torch.stack(looked, 1)


# %% batch and heads folded into one axis
class MultiHeadAttention(Layer):
    def forward(self, query, key, value, mask=None):
        full = allowed(mask, query, key, value).repeat_interleave(self.h, dim=0)
        batch = len(query)
        q, k, v = (
            x.unflatten(-1, (self.h, -1)).transpose(1, 2).flatten(0, 1) for x in self.projected(query, key, value)
        )
        scores = torch.bmm(q, k.transpose(1, 2)) / math.sqrt(q.shape[-1])
        weights = attention.stable_softmax(scores.masked_fill(~full, -math.inf))
        mixed = torch.bmm(F.dropout(weights, self.p, self.training), v)
        mixed = mixed.unflatten(0, (batch, self.h)).transpose(1, 2).flatten(2)
        return self.output_projection(mixed), weights.unflatten(0, (batch, self.h))


# %% einsum
class MultiHeadAttention(Layer):
    def forward(self, query, key, value, mask=None):
        full = allowed(mask, query, key, value)[:, None]
        q, k, v = (x.view(*x.shape[:2], self.h, -1) for x in self.projected(query, key, value))
        scores = torch.einsum("bqhd,bkhd->bhqk", q, k) * q.shape[-1] ** -0.5
        weights = attention.stable_softmax(torch.where(full, scores, -torch.inf))
        mixed = torch.einsum("bhqk,bkhd->bqhd", F.dropout(weights, self.p, self.training), v)
        return self.output_projection(mixed.flatten(2)), weights


# %% the matrices cut up instead of the vectors
class MultiHeadAttention(Layer):
    def forward(self, query, key, value, mask=None):
        def heads(layer, x):
            rows = zip(layer.weight.chunk(self.h), layer.bias.chunk(self.h), strict=True)
            return torch.stack([F.linear(x, weight, bias) for weight, bias in rows], dim=1)

        q, k = heads(self.query_projection, query), heads(self.key_projection, key)
        v = heads(self.value_projection, value)
        mask = mask if mask is None else mask.unsqueeze(-3)
        _, weights = attention.scaled_dot_product_attention(q, k, v, mask)
        mixed = nn.Dropout(self.p).train(self.training)(weights) @ v
        # Σ_h head_h W_Oh instead of one product with all heads side by side
        columns = torch.stack(self.output_projection.weight.chunk(self.h, dim=1))
        return (mixed @ columns.mT).sum(1) + self.output_projection.bias, weights


# %% a finite fill, empty rows set to 0
class MultiHeadAttention(Layer):
    def forward(self, query, key, value, mask=None):
        full = allowed(mask, query, key, value).unsqueeze(1)
        q, k, v = [split_heads(x, self.h) for x in self.projected(query, key, value)]
        weights = torch.softmax(attention.attention_scores(q, k).masked_fill(~full, -1e9), dim=-1)
        weights = weights * full.any(-1, keepdim=True)
        mixed = F.dropout(weights, p=self.p, training=self.training) @ v
        return self.output_projection(merge_heads(mixed)), weights


# %% the whole mask for every head, written out
class MultiHeadAttention(Layer):
    def forward(self, query, key, value, mask=None):
        full = allowed(mask, query, key, value)
        full = torch.stack([full] * self.h, dim=1)
        q, k, v = [split_heads(x, self.h) for x in self.projected(query, key, value)]
        _, weights = attention.scaled_dot_product_attention(q, k, v, full)
        return self.output_projection(merge_heads(self.drop(weights) @ v)), weights

    def drop(self, weights):
        return F.dropout(weights, self.p) if self.training else weights


# %% layers in a dictionary of names, made in a loop, in another order
class MultiHeadAttention(nn.Module):
    def __init__(self, d_model, num_heads, dropout=0.0):
        super().__init__()
        self.size, rest = divmod(d_model, num_heads)
        if rest:
            raise ValueError(f"d_model {d_model} / num_heads {num_heads} leaves {rest}")
        for name in ("query", "key", "value", "output"):
            self.add_module(f"{name}_projection", nn.Linear(d_model, d_model))
        self.drop = nn.Dropout(p=dropout)

    def forward(self, query, key, value, mask=None):
        def split(x):
            return x.unflatten(-1, (-1, self.size)).transpose(1, 2)

        q, k, v = (
            split(self.query_projection(query)),
            split(self.key_projection(key)),
            split(self.value_projection(value)),
        )
        weights = attention.scaled_dot_product_attention(q, k, v, None if mask is None else mask.unsqueeze(-3))[1]
        return [self.output_projection((self.drop(weights) @ v).transpose(1, 2).flatten(2)), weights]


# %% attention asked twice, with the identity for the weights
class MultiHeadAttention(Layer):
    def forward(self, query, key, value, mask=None):
        q, k, v = (split_heads(x, self.h) for x in self.projected(query, key, value))
        mask = None if mask is None else mask.unsqueeze(-3)
        weights = attention.scaled_dot_product_attention(q, k, v, mask)[1]
        keep = torch.ones_like(weights)
        if self.training:
            keep = (torch.rand_like(keep) >= self.p).to(keep) / max(1 - self.p, 1e-12)
        return self.output_projection(merge_heads((weights * keep) @ v)), weights


# %% helpers as methods, type hints, no function from above
class MultiHeadAttention(Layer):
    def split(self, x: Tensor) -> Tensor:
        return torch.stack(x.chunk(self.h, -1), 1)

    def forward(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None):
        full = allowed(mask, query, key, value)[:, None]
        q, k, v = map(self.split, self.projected(query, key, value))
        scores = (q @ k.mT / k.shape[-1] ** 0.5).masked_fill(full.logical_not(), float("-inf"))
        weights = torch.softmax(scores, -1).masked_fill(~full.any(-1, keepdim=True), 0.0)
        weights = torch.where(full.any(-1, keepdim=True), weights, torch.zeros_like(weights))
        if not full.any(-1).all():  # a gradient through 0 / 0 would be NaN
            weights = attention.stable_softmax(scores)
        dropped = F.dropout(weights, self.p, training=self.training)
        return self.output_projection(torch.cat((dropped @ v).unbind(1), -1)), weights


# %% one product for query, key and value where they are the same
class MultiHeadAttention(Layer):
    def forward(self, query, key, value, mask=None):
        layers = (self.query_projection, self.key_projection, self.value_projection)
        if query is key and key is value:
            weight = torch.cat([layer.weight for layer in layers])
            bias = torch.cat([layer.bias for layer in layers])
            q, k, v = F.linear(query, weight, bias).chunk(3, dim=-1)
        else:
            q, k, v = self.projected(query, key, value)
        q, k, v = (split_heads(x, self.h) for x in (q, k, v))
        every_head = mask if mask is None else mask.unsqueeze(-3)
        _, weights = attention.scaled_dot_product_attention(q, k, v, every_head)
        return self.output_projection(merge_heads(F.dropout(weights, self.p, self.training) @ v)), weights


# %% compiled
class MultiHeadAttention(Layer):
    def forward(self, query, key, value, mask=None):
        full = allowed(mask, query, key, value)[:, None]
        q, k, v = (split_heads(x, self.h) for x in self.projected(query, key, value))
        weights = attend(q, k, full)
        return self.output_projection(merge_heads(F.dropout(weights, self.p, self.training) @ v)), weights


@torch.compile(backend="eager")
def attend(q, k, full):
    scores = (q @ k.mT / math.sqrt(q.shape[-1])).masked_fill(~full, -math.inf)
    top = scores.amax(-1, keepdim=True)
    e = torch.exp(scores - top.masked_fill(top == -math.inf, 0.0))
    total = e.sum(-1, keepdim=True)
    return e / total.masked_fill(total == 0, 1.0)
