"""Reference implementation for lesson 04_encoder: what the judge compares with.

Generated from solutions/04_encoder.py by `autograder build`.
Do not edit it: edit the master and build again.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


from autograder.reference import multi_head


class LayerNorm(nn.Module):
    """Shifts and scales every vector to mean 0 and variance 1, then by a learned weight and bias.

    y = (x − μ) / √(σ² + ε) · weight + bias, where μ and σ² are the mean and the variance of the d_model numbers of one
    position. The variance is the mean of the squared distances from μ: divided by d_model, not by d_model − 1.

    Parameters: weight (d_model,), all ones at first; bias (d_model,), all zeros at first. eps is ε.
    Source: Ba, Kiros and Hinton, Layer Normalization (2016), section 3, equations 3 and 4.
    """

    def __init__(self, d_model: int, eps: float = 1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model))

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (..., d_model) -> (..., d_model), with any number of leading axes. The input is not changed."""
        # Sums divided by d_model, products, and 1 / √ once per vector: what `mean`, `square` and a division per number
        # would give as well, but with fewer passes over x, most of all in the gradient.
        d_model = x.shape[-1]
        mean = x.sum(dim=-1, keepdim=True) / d_model  # (..., 1)
        centred = x - mean
        variance = (centred * centred).sum(dim=-1, keepdim=True) / d_model  # (..., 1)
        return centred * torch.rsqrt(variance + self.eps) * self.weight + self.bias


class FeedForward(nn.Module):
    """Two linear layers with a ReLU between them, the same for every position: max(0, x W₁ + b₁) W₂ + b₂.

    Parameters: expand, an nn.Linear(d_model, d_ff); contract, an nn.Linear(d_ff, d_model).
    Dropout acts on the hidden numbers, after the ReLU, in training only.
    Source: Vaswani et al., Attention Is All You Need (2017), section 3.3, equation 2.
    """

    def __init__(self, d_model: int, d_ff: int, dropout: float = 0.0):
        super().__init__()
        self.expand = nn.Linear(d_model, d_ff)
        self.contract = nn.Linear(d_ff, d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (..., d_model) -> (..., d_model), with any number of leading axes. The input is not changed."""
        hidden = F.relu(self.expand(x))  # (..., d_ff)
        return self.contract(self.dropout(hidden))  # (..., d_model)


class EncoderLayer(nn.Module):
    """Self-attention, then a feed-forward network, each with a residual connection and a layer norm.

    As in the paper (norm_first=False):  x = LayerNorm(x + Sublayer(x)) for each of the two sub-layers.
    With norm_first=True:                x = x + Sublayer(LayerNorm(x)) for each of them.

    Parts, by name: self_attention, a multi_head.MultiHeadAttention; feed_forward, a FeedForward;
    attention_norm and feed_forward_norm, each a LayerNorm, the first for self-attention, the second for feed_forward.
    Dropout acts on what each sub-layer gives, before it is added to x; also inside both sub-layers.
    Raises ValueError, with d_model and num_heads in the message, if d_model is not divisible by num_heads.
    Source: Vaswani et al. (2017), sections 3.1 and 5.4; norm_first: Xiong et al., On Layer Normalization in the
    Transformer Architecture (2020), section 3.
    """

    def __init__(self, d_model: int, num_heads: int, d_ff: int, dropout: float = 0.0, norm_first: bool = False):
        super().__init__()
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, dropout)
        self.attention_norm = LayerNorm(d_model)
        self.feed_forward_norm = LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)
        self.norm_first = norm_first

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """Shapes: x (batch, length, d_model) -> (batch, length, d_model). The input is not changed.

        mask: bool, broadcastable to (batch, length, length), with at least two axes; True = may attend.
        """
        if self.norm_first:
            normed = self.attention_norm(x)
            attended, _ = self.self_attention(normed, normed, normed, mask)
            x = x + self.dropout(attended)
            return x + self.dropout(self.feed_forward(self.feed_forward_norm(x)))
        mixed, _ = self.self_attention(x, x, x, mask)
        x = self.attention_norm(x + self.dropout(mixed))
        changed = self.feed_forward(x)
        return self.feed_forward_norm(x + self.dropout(changed))


class Encoder(nn.Module):
    """num_layers encoder layers, one after another.

    Parts, by name: layers, an nn.ModuleList of EncoderLayer, each with weights of its own;
    and, only with norm_first, final_norm, a LayerNorm for the result of the last layer.
    Source: Vaswani et al. (2017), section 3.1; the final norm: Xiong et al. (2020), section 3.
    """

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
        self.layers = nn.ModuleList(
            EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers)
        )
        self.norm_first = norm_first
        if norm_first:
            self.final_norm = LayerNorm(d_model)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """Shapes: x (batch, length, d_model) -> (batch, length, d_model). The input is not changed.

        mask, the same for every layer: bool, broadcastable to (batch, length, length); True = may attend.
        """
        for layer in self.layers:
            x = layer(x, mask)
        return self.final_norm(x) if self.norm_first else x


def classification_scores(predicted: Tensor, target: Tensor, num_classes: int) -> dict[str, float]:
    """How good the predictions are: accuracy, and precision, recall and F1 as means over all classes.

    Of class c: precision is the share of right ones among the cases predicted as c; recall is the share of right ones
    among the cases that are c; F1 = 2 · precision · recall / (precision + recall). Where a denominator is 0, so is
    the value. precision, recall and f1 are the plain means of the num_classes values, whatever the classes' sizes.
    accuracy is the share of right predictions.

    Shapes: predicted and target (count,), integers from 0 to num_classes − 1, count at least 1.
    -> {"accuracy": …, "precision": …, "recall": …, "f1": …}, numbers from 0 to 1.
    Raises ValueError, with both shapes in the message, if predicted and target differ in shape.
    Source: Sokolova and Lapalme, A systematic analysis of performance measures (2009), table 3, macro averages.
    """
    if predicted.shape != target.shape:
        raise ValueError(f"predicted {tuple(predicted.shape)} and target {tuple(target.shape)} differ in shape")
    precisions, recalls, f1s = [], [], []
    for number in range(num_classes):
        right = ((predicted == number) & (target == number)).sum().item()
        said = (predicted == number).sum().item()
        there = (target == number).sum().item()
        precisions.append(right / said if said else 0.0)
        recalls.append(right / there if there else 0.0)
        f1s.append(2 * right / (said + there) if said + there else 0.0)  # the harmonic mean, multiplied out
    return {
        "accuracy": (predicted == target).double().mean().item(),
        "precision": sum(precisions) / num_classes,
        "recall": sum(recalls) / num_classes,
        "f1": sum(f1s) / num_classes,
    }
