"""Stand-ins for lesson 5. Used by carry_over and by the judge."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from coach.standins.attention import scaled_dot_product_attention
from coach.standins.encoder import FeedForward, LayerNorm
from coach.standins.multi_head import MultiHeadAttention, merge_heads, split_heads

__all__ = [
    "shift_right",
    "DecoderLayer",
    "Decoder",
    "next_token_probabilities",
    "top_k_filter",
    "nucleus_filter",
    "KeyValueCache",
    "cached_step",
]


def shift_right(tokens: Tensor, start_id: int) -> Tensor:
    """(batch, length) → (batch, length): start_id first, the last token gone."""
    return F.pad(tokens, (1, -1), value=start_id)


class DecoderLayer(nn.Module):
    """Self-attention, cross-attention and feed-forward, each with residual connection and norm."""

    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        for kind in ("self", "cross"):
            self.add_module(f"{kind}_attention", MultiHeadAttention(d_model, num_heads, dropout))
        self.add_module("feed_forward", FeedForward(d_model, d_ff, dropout))
        for kind in ("attention", "cross_attention", "feed_forward"):
            self.add_module(f"{kind}_norm", LayerNorm(d_model))
        for name, size in {"num_heads": num_heads, "norm_first": norm_first, "rate": dropout}.items():
            setattr(self, name, size)

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        steps = {
            "attention": lambda h: self.self_attention(h, h, h, target_mask)[0],
            "cross_attention": lambda h: self.cross_attention(h, memory, memory, memory_mask)[0],
            "feed_forward": self.feed_forward,
        }
        for kind, step in steps.items():
            norm = getattr(self, f"{kind}_norm")
            before, after = (norm, nn.Identity()) if self.norm_first else (nn.Identity(), norm)
            x = after(torch.add(x, F.dropout(step(before(x)), self.rate, self.training)))
        return x


class Decoder(nn.Module):
    """DecoderLayers one after the other; a final norm if the norms come first."""

    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        made = [DecoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers)]
        self.layers = nn.ModuleList(made)
        self.add_module("final_norm", [nn.Identity, LayerNorm][norm_first](d_model))

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        for each in self.layers:
            x = each(x, memory, target_mask=target_mask, memory_mask=memory_mask)
        last = self.final_norm
        return last(x)


def next_token_probabilities(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """(batch, length, vocabulary) → (batch, vocabulary): torch's own softmax of the last position's logits."""
    if not temperature > 0:
        raise ValueError(f"a temperature of {temperature} does not divide")
    return torch.softmax(logits.select(1, -1).div(temperature), dim=1)


def top_k_filter(probabilities: Tensor, k: int) -> Tensor:
    """Only the k most probable of each row keep their share: (batch, vocabulary) → the same shape."""
    if k <= 0:
        raise ValueError(f"nothing can be kept with k = {k}")
    order = probabilities.argsort(dim=1, descending=True, stable=True)
    kept = torch.zeros_like(order, dtype=torch.bool).scatter(1, order[:, :k], True)
    return F.normalize(torch.where(kept, probabilities, 0), p=1, dim=1)


def nucleus_filter(probabilities: Tensor, p: float) -> Tensor:
    """Only the fewest most probable tokens that reach p together keep their share."""
    if p <= 0 or p > 1:
        raise ValueError(f"p = {p} is no share between 0 and 1")
    mine, others = probabilities.unsqueeze(2), probabilities.unsqueeze(1)
    earlier = torch.ones(probabilities.size(1), probabilities.size(1)).tril(-1).bool()
    above = (others > mine) | ((others == mine) & earlier)  # [b, i, j]: j comes before i
    kept = torch.bmm(above.to(probabilities.dtype), probabilities.unsqueeze(2)).squeeze(2) < p
    return F.normalize(torch.where(kept, probabilities, 0), p=1, dim=1)


class KeyValueCache:
    """All keys and values so far: (batch, num_heads, length, d_head) each."""

    def __init__(self):
        self._pieces = []

    @property
    def length(self) -> int:
        return sum(key.size(2) for key, _ in self._pieces)

    def append(self, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:
        """New positions behind the old ones. Raises ValueError naming both shapes."""
        for other in [value, *(old for old, _ in self._pieces[:1])]:
            sizes = (other.shape if other is value else other.shape[:2] + key.shape[2:3] + other.shape[3:], key.shape)
            if sizes[0] != sizes[1]:
                raise ValueError(f"{list(other.shape)} and {list(key.shape)} cannot be put together")
        self._pieces.append((key, value))
        keys, values = zip(*self._pieces, strict=True)
        self._pieces = [(torch.concat(keys, -2), torch.concat(values, -2))]
        return self._pieces[0]


def cached_step(
    decoder: nn.Module, x: Tensor, memory: Tensor, caches: list[KeyValueCache], memory_mask: Tensor | None = None
) -> Tensor:
    """(batch, new_length, d_model) → the same: the decoder at the new positions, the rest from the caches."""
    if len(decoder.layers) - len(caches):
        raise ValueError(f"{len(decoder.layers)} layers need as many caches, not {len(caches)}")
    for number, cache in enumerate(caches):
        layer = decoder.layers[number]
        honest = layer.self_attention
        layer.self_attention = _Remembering(honest, layer.num_heads, cache)
        try:
            x = layer(x, memory, None, memory_mask)
        finally:
            layer.self_attention = honest
    if decoder.layers[0].norm_first:
        x = decoder.final_norm(x)
    return x


class _Remembering(nn.Module):
    """Self-attention in which the new positions see those before them through a cache."""

    def __init__(self, honest: nn.Module, num_heads: int, cache: KeyValueCache):
        super().__init__()
        self.honest, self.num_heads, self.cache = honest, num_heads, cache

    def forward(self, x: Tensor, *_) -> tuple[Tensor, None]:
        made = [getattr(self.honest, f"{role}_projection")(x) for role in ("query", "key", "value")]
        q, k, v = (split_heads(part, self.num_heads) for part in made)
        k, v = self.cache.append(k, v)
        new, every = q.size(2), k.size(2)
        seen = torch.arange(every) <= torch.arange(every - new, every).unsqueeze(1)
        return self.honest.output_projection(merge_heads(scaled_dot_product_attention(q, k, v, seen)[0])), None
