"""Reference implementation for lesson 01_attention: what the judge compares with.

Generated from solutions/01_attention.py by `autograder build`.
Do not edit it: edit the master and build again.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def stable_softmax(scores: Tensor, dim: int = -1) -> Tensor:
    """Softmax that neither overflows nor turns an empty row into NaN.

    softmax(s)_j = exp(s_j) / Σ_k exp(s_k), the sum taken along the axis `dim`.

    Shapes: scores of any shape, float32 or float64 -> the same shape and dtype.
    Each slice along `dim` sums to 1, for finite scores of any size.
    A score of −inf gets weight 0. A slice that holds only −inf gets weights 0, and gradients 0, not NaN.
    The input is not changed.
    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), section 4.1.
    """
    # Softmax does not change when all scores move together, so no gradient flows through the shift.
    maximum = scores.detach().amax(dim=dim, keepdim=True)  # dim has size 1 from here on
    # −inf − (−inf) is NaN: a slice of only −inf is shifted by the lowest finite number instead.
    maximum = maximum.clamp(min=torch.finfo(scores.dtype).min)
    exponentials = torch.exp(scores - maximum)  # the shape of scores
    total = exponentials.sum(dim=dim, keepdim=True)
    # The largest score of a slice gives exp(0) = 1: only the sum of an empty slice is below 1, and 0 · 1 = 0.
    # One division per slice, then products: cheaper than a division per score, most of all in the gradient.
    return exponentials * (1 / total.clamp(min=1.0))


def attention_scores(query: Tensor, key: Tensor) -> Tensor:
    """The scaled dot product of every query with every key: Q Kᵀ / √d_k.

    Shapes: query (..., query_length, d_k), key (..., key_length, d_k) -> (..., query_length, key_length).
    There may be any number of leading axes (none, batch, batch and heads, ...); both have the same ones.
    The result has the dtype of the inputs. The inputs are not changed.
    Raises ValueError, with both shapes in the message, if d_k or the leading axes differ,
    or if one of the inputs has fewer than two axes.
    Source: Vaswani et al., Attention Is All You Need (2017), section 3.2.1.
    """
    d_k = query.shape[-1]
    if min(query.dim(), key.dim()) < 2 or key.shape[-1] != d_k or query.shape[:-2] != key.shape[:-2]:
        raise ValueError(
            "query and key must be (..., query_length, d_k) and (..., key_length, d_k), "
            f"not {tuple(query.shape)} and {tuple(key.shape)}"
        )
    # (..., query_length, d_k) @ (..., d_k, key_length) -> (..., query_length, key_length)
    return query @ key.transpose(-2, -1) / math.sqrt(d_k)


def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    """Which keys are real and which are padding, for a batch of sequences of different lengths.

    Shapes: lengths (batch,), integers -> (batch, 1, max_length), bool. True = may attend.
    Entry [b, 0, j] is True exactly for j < lengths[b]. A length of 0 is allowed: its row is False everywhere.
    The middle axis has size 1, so that the mask holds for every query.
    Raises ValueError if lengths has not exactly one axis (with its shape in the message),
    or if one length is negative or greater than max_length (with that length and max_length in the message).
    """
    if lengths.dim() != 1:
        raise ValueError(f"lengths must be (batch,), not {tuple(lengths.shape)}")
    for length in lengths.tolist():
        if not 0 <= length <= max_length:
            raise ValueError(f"a length of {length} is not between 0 and max_length = {max_length}")
    positions = torch.arange(max_length, device=lengths.device)  # (max_length,)
    return (positions < lengths.unsqueeze(1)).unsqueeze(1)  # (batch, max_length) -> (batch, 1, max_length)


def causal_mask(length: int) -> Tensor:
    """Each position may attend to itself and to what came before, never to what comes later.

    Shapes: -> (length, length), bool. True = may attend. Row = query, column = key.
    Entry [i, j] is True exactly for j ≤ i.
    Source: Vaswani et al. (2017), section 3.2.3, third point.
    """
    return torch.ones(length, length, dtype=torch.bool).tril()


def scaled_dot_product_attention(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Attention(Q, K, V) = softmax(Q Kᵀ / √d_k) V, without a Python loop.

    Shapes: query (..., query_length, d_k), key (..., key_length, d_k), value (..., key_length, d_v),
    mask bool, broadcastable to (..., query_length, key_length), with at least two axes; True = may attend.
    -> output (..., query_length, d_v), weights (..., query_length, key_length).
    There may be any number of leading axes; query, key and value have the same ones.
    A query that may attend to nothing gets output 0 and weights 0, and all gradients stay finite.
    The results have the dtype of the inputs. The inputs are not changed.
    Raises ValueError, with the two shapes that do not fit in the message, if query and key, key and value,
    or mask and scores do not fit together; TypeError, with the dtype in the message, if the mask is not bool.
    Source: Vaswani et al. (2017), section 3.2.1, equation 1.
    """
    if value.dim() < 2 or key.shape[:-1] != value.shape[:-1]:
        raise ValueError(
            "key and value must be (..., key_length, d_k) and (..., key_length, d_v), "
            f"not {tuple(key.shape)} and {tuple(value.shape)}"
        )
    scores = attention_scores(query, key)  # (..., query_length, key_length)
    if mask is not None:
        if mask.dtype != torch.bool:
            raise TypeError(f"the mask must be bool (True = may attend), not {mask.dtype}")
        sizes = zip(reversed(mask.shape), reversed(scores.shape), strict=False)  # from the last axis, as torch does
        if not 2 <= mask.dim() <= scores.dim() or any(size not in (1, wanted) for size, wanted in sizes):
            raise ValueError(f"a mask {tuple(mask.shape)} cannot be broadcast to the scores {tuple(scores.shape)}")
        scores = torch.where(mask, scores, -math.inf)
    weights = stable_softmax(scores)  # (..., query_length, key_length)
    return weights @ value, weights  # (..., query_length, d_v), (..., query_length, key_length)
