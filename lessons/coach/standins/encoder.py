"""Stand-ins for lesson 4. Used by carry_over and by the judge."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from coach.standins.multi_head import MultiHeadAttention

__all__ = ["LayerNorm", "FeedForward", "EncoderLayer", "Encoder", "classification_scores"]


class LayerNorm(nn.LayerNorm):
    """torch's own, for the last axis."""

    def __init__(self, d_model: int, eps: float = 1e-5):
        super().__init__(d_model, eps)


class FeedForward(nn.Module):
    """(..., d_model) → (..., d_model), through d_ff numbers."""

    def __init__(self, d_model: int, d_ff: int, dropout: float = 0.0):
        super().__init__()
        for name, sizes in {"expand": (d_model, d_ff), "contract": (d_ff, d_model)}.items():
            self.add_module(name, nn.Linear(*sizes))
        self.rate = dropout

    def forward(self, x: Tensor) -> Tensor:
        inner = torch.clamp_min(F.linear(x, self.expand.weight, self.expand.bias), 0)
        return F.linear(F.dropout(inner, self.rate, self.training), self.contract.weight, self.contract.bias)


class EncoderLayer(nn.Module):
    """(batch, length, d_model) → the same; the norms stand behind the sums, or before the parts."""

    def __init__(self, d_model: int, num_heads: int, d_ff: int, dropout: float = 0.0, norm_first: bool = False):
        super().__init__()
        parts = {"self_attention": MultiHeadAttention(d_model, num_heads, dropout)}
        parts |= {"feed_forward": FeedForward(d_model, d_ff, dropout)}
        for name, part in parts.items():
            self.add_module(name, part)
        for name in ("attention_norm", "feed_forward_norm"):
            self.add_module(name, LayerNorm(d_model))
        self.before, self.rate = norm_first, dropout

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        steps = (
            (self.attention_norm, lambda h: self.self_attention(h, h, h, mask)[0]),
            (self.feed_forward_norm, self.feed_forward),
        )
        for norm, part in steps:
            result = F.dropout(part(norm(x) if self.before else x), self.rate, self.training)
            x = torch.add(x, result) if self.before else norm(torch.add(x, result))
        return x


class Encoder(nn.Module):
    """(batch, length, d_model) → the same, through all layers."""

    def __init__(
        self,
        num_layers: int,
        d_model: int,
        num_heads: int,
        d_ff: int,
        dropout: float = 0.0,
        norm_first: bool = False,
    ):
        super().__init__()
        made = [EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers)]
        self.add_module("layers", nn.ModuleList(made))
        self.last = [LayerNorm(d_model)] if norm_first else []
        for norm in self.last:
            self.add_module("final_norm", norm)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        steps = [lambda h, layer=layer: layer(h, mask) for layer in self.layers]
        steps += [self.final_norm] if self.last else []
        for step in steps:
            x = step(x)
        return x


def classification_scores(predicted: Tensor, target: Tensor, num_classes: int) -> dict[str, float]:
    """(count,), (count,) → accuracy and macro averages, from the table of confusions."""
    if predicted.size() != target.size():
        raise ValueError(f"{list(predicted.size())} predictions for {list(target.size())} targets")
    table = torch.zeros(num_classes, num_classes, dtype=torch.float64)
    table.index_put_((target.long(), predicted.long()), table.new_ones(()), accumulate=True)
    hits, columns, rows = table.diagonal(), table.sum(0), table.sum(1)
    shares = {"precision": hits / columns, "recall": hits / rows, "f1": 2 * hits / (columns + rows)}
    averages = {name: share.nan_to_num(0.0).mean().item() for name, share in shares.items()}
    return {"accuracy": (hits.sum() / table.sum()).item(), **averages}
