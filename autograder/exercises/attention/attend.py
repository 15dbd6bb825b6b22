"""Exercise `scaled_dot_product_attention` of lesson 1: cases and hints. Its mistakes lie beside it."""

from __future__ import annotations

import math
from functools import partial

import torch

from autograder.exercises.attention import attend_masks, attend_mistakes, headings
from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, call, raises, refused
from autograder.exercises.rules import ATTENTION

DOUBLE = torch.float64


def attention_inputs(
    draw: Draw,
    leading: int = 1,
    dtype: torch.dtype = torch.float32,
    scale: float = 1.0,
    sizes: list[int] | None = None,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """query, key, value of these sizes (leading axes, queries, keys, d_k, d_v), or of pairwise different ones."""
    *lead, queries, keys, d_k, d_v = sizes or draw.sizes(leading + 4, low=3, high=9)
    return (
        draw.normal(*lead, queries, d_k, dtype=dtype, scale=scale),
        draw.normal(*lead, keys, d_k, dtype=dtype, scale=scale),
        draw.normal(*lead, keys, d_v, dtype=dtype),
    )


def _plain(draw: Draw, leading: int = 1, dtype: torch.dtype = torch.float32, **options: bool) -> dict:
    return call(*attention_inputs(draw, leading, dtype), **options)


def _masked(draw: Draw, leading: int = 1, axes: int = 3, dtype: torch.dtype = torch.float32, **options: bool) -> dict:
    """A mask with `axes` axes in which every row differs."""
    query, key, value = attention_inputs(draw, leading, dtype, scale=1.5)
    lead = query.shape[: leading - (4 - axes if leading == 2 else 3 - axes)] if axes > 2 else ()
    if leading == 2 and axes == 4:
        lead = (query.shape[0], 1)
    return call(query, key, value, draw.mask(*lead, query.shape[-2], key.shape[-2]), **options)


def _padded(draw: Draw) -> dict:
    query, key, value = attention_inputs(draw)
    return call(query, key, value, draw.mask(query.shape[0], 1, key.shape[-2]))


def _low_scores(draw: Draw, depth: float, dtype: torch.dtype = torch.float32) -> dict:
    """All visible scores lie near −depth, so that a masked score of −10, or even −10,000, would win."""
    batch, queries, keys, d_k, d_v = draw.sizes(5, low=3, high=9)
    length = math.sqrt(depth / math.sqrt(d_k))
    query = torch.full((batch, queries, d_k), -length, dtype=dtype)
    key = length + draw.normal(batch, keys, d_k, dtype=dtype) / length
    value = draw.normal(batch, keys, d_v, dtype=dtype)
    return call(query, key, value, draw.mask(batch, queries, keys))


def _far_from_zero(draw: Draw) -> dict:
    """The scores of each query lie near −60,000, −20 or 1,000: exp overflows, and a finite fill is seen or wins."""
    queries, keys, d_k, d_v = draw.sizes(4, low=3, high=7)
    level = torch.tensor([-6e4, -20.0, 1e3], dtype=DOUBLE).repeat(queries)[:queries]
    # every key has the sum d_k, so that a query of equal numbers gives every key the same score
    key = draw.normal(keys, d_k, dtype=DOUBLE)
    key = key - key.mean(dim=1, keepdim=True) + 1
    query = draw.normal(queries, d_k, dtype=DOUBLE) + level.unsqueeze(1) / math.sqrt(d_k)
    return call(query, key, draw.normal(keys, d_v, dtype=DOUBLE), draw.mask(queries, keys))


def _nothing_allowed(draw: Draw, **options: bool) -> dict:
    query, key, value = attention_inputs(draw)
    mask = draw.mask(query.shape[0], query.shape[-2], key.shape[-2])
    mask[0, 1] = False
    mask[1, :] = False
    return call(query, key, value, mask, **options)


def _number_mask(draw: Draw, dtype: torch.dtype = torch.float32) -> dict:
    query, key, value = attention_inputs(draw)
    return raises(call(query, key, value, torch.zeros(query.shape[-2], key.shape[-2], dtype=dtype)))


def _mask_that_does_not_fit(draw: Draw, fault: bool = True) -> dict:
    queries, (keys, other) = draw.integer(30, 40), draw.pair(fault)
    inputs = attention_inputs(draw, sizes=[3, queries, keys, *draw.sizes(2)])
    return raises(call(*inputs, draw.mask(queries, other)), queries, other, keys, fault=fault)


def _mask_with_too_many_axes(draw: Draw, fault: bool = True) -> dict:
    more, batch, queries, keys = [*draw.large(2), *draw.sizes(2)]
    inputs = attention_inputs(draw, sizes=[batch, queries, keys, 4, 5])
    shape = (more, batch, queries, keys) if fault else (batch, queries, keys)
    return raises(call(*inputs, draw.mask(*shape)), more, batch, queries, keys, fault=fault)


def _different_d_k(draw: Draw, fault: bool = True) -> dict:
    d_k, other = draw.pair(fault)
    query, key, value = attention_inputs(draw, sizes=[*draw.sizes(3), d_k, draw.integer(2, 9)])
    return raises(call(query, draw.normal(*key.shape[:-1], other), value), d_k, other, fault=fault)


def _values_of_another_length(draw: Draw, fault: bool = True) -> dict:
    (keys, other), (batch, queries, d_k, d_v) = draw.pair(fault), draw.sizes(4)
    query, key, _ = attention_inputs(draw, sizes=[batch, queries, keys, d_k, d_v])
    return raises(call(query, key, draw.normal(batch, other, d_v)), keys, other, fault=fault)


def _another_batch(draw: Draw, place: int, fault: bool = True) -> dict:
    """The query (0) or the values (2) of another number of sequences than the keys."""
    batch, other = draw.pair(fault)
    inputs = list(attention_inputs(draw, sizes=[batch, *draw.sizes(4)]))
    inputs[place] = draw.normal(other, *inputs[place].shape[1:])
    return raises(call(*inputs), batch, other, fault=fault)


def _tiny(draw: Draw) -> dict:
    return call(draw.normal(1, 1, 3), draw.normal(1, 1, 3), draw.normal(1, 1, 2))


# One mistake with the scale or the softmax, one with the mask: the two that are most often made together
PAIRS = tuple(
    (first, second)
    for first in ("no_scale", "scale_by_d", "softmax_over_queries")
    for second in ("mask_ignored", "mask_inverted", "mask_fill_zero", "mask_fill_small", "mask_added")
)

SCALED_DOT_PRODUCT_ATTENTION = Exercise(
    name="scaled_dot_product_attention",
    points={"values": 2.0, "masks": 1.0, "empty rows": 1.0, "gradients": 1.0, "errors": 1.0},
    section=headings.ATTENTION,
    forbidden=(ATTENTION,),
    cases=(
        Case("values", "a batch, no mask", _plain, public=True),
        Case("values", "batch and heads, no mask", lambda draw: _plain(draw, 2), public=True),
        Case("values", "no leading axis", lambda draw: _plain(draw, 0)),
        Case("values", "float64", lambda draw: _plain(draw, 1, DOUBLE)),
        Case("values", "inputs in another memory order", lambda draw: _plain(draw, 1, strided=True)),
        Case("values", "one of everything", _tiny, public=True),
        Case("masks", "a mask of its own for every query", _masked, public=True),
        Case("masks", "one mask for the whole batch", lambda draw: _masked(draw, 1, 2)),
        Case("masks", "batch and heads, the mask without heads", lambda draw: _masked(draw, 2, 4)),
        Case("masks", "padding", _padded),
        Case("masks", "visible scores near −20", lambda draw: _low_scores(draw, 20.0)),
        Case("masks", "visible scores far from zero", _far_from_zero, public=True),
        Case("empty rows", "queries that may attend to nothing", _nothing_allowed, public=True),
        Case("gradients", "gradients", lambda draw: _plain(draw, grad=True)),
        Case("gradients", "gradients with a mask", lambda draw: _masked(draw, grad=True)),
        Case("gradients", "gradients with empty rows", lambda draw: _nothing_allowed(draw, grad=True), public=True),
        Case("errors", "a mask of numbers", _number_mask, public=True),
        Case("errors", "a mask of integers", lambda draw: _number_mask(draw, torch.int64)),
        *refused("a mask that does not fit", _mask_that_does_not_fit, public=True),
        *refused("a mask with too many axes", _mask_with_too_many_axes),
        *refused("queries and keys of different d_k", _different_d_k),
        *refused("values of another length", _values_of_another_length),
        *refused("values of another batch", partial(_another_batch, place=2)),
        *refused("queries of another batch", partial(_another_batch, place=0)),
    ),
    mistakes=(*attend_mistakes.MISTAKES, *attend_masks.MISTAKES),
    pairs=PAIRS,
    hints=(
        "You have written all parts already: scores, a mask, a softmax. In which order are they used?",
        "A blocked score must become a number whose exponential is exactly 0, before the softmax.",
        "Fill the scores with −inf where the mask is False; your stable_softmax already makes empty rows 0. "
        "Then mix the values with the weights in one matrix product.",
    ),
)
