"""Exercises of lesson 1: points, cases, hints. The mistakes lie beside it, in `attention_mistakes`."""

from __future__ import annotations

import math

import torch

from autograder.exercises import attention_mistakes as mistakes
from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, call, raises
from autograder.exercises.rules import ATTENTION, SOFTMAX

DOUBLE = torch.float64


def _scores(draw: Draw, axes: int = 2, dtype: torch.dtype = torch.float32, **options: object) -> dict:
    return call(draw.normal(*draw.sizes(axes), dtype=dtype, scale=2), **options)


def _huge(draw: Draw, sign: float) -> dict:
    """Rows far apart, each beyond what exp can hold in float32 (88): only a shift by each row's own maximum helps."""
    rows, columns = draw.sizes(2, low=3)
    offsets = sign * (1000 + 400 * torch.arange(rows)).unsqueeze(1)
    return call(draw.normal(rows, columns).round() + offsets)


def _with_empty_rows(draw: Draw, **options: object) -> dict:
    rows, columns = draw.sizes(2, low=3)
    scores = draw.normal(rows, columns)
    scores[1] = -math.inf
    scores[0, 1:] = -math.inf
    scores[2, 0] = -math.inf
    return call(scores, **options)


STABLE_SOFTMAX = Exercise(
    name="stable_softmax",
    points={"values": 1.0, "large scores": 1.0, "empty rows": 1.0, "gradients": 1.0},
    section="A softmax that does not overflow",
    forbidden=(SOFTMAX,),
    cases=(
        Case("values", "a matrix", _scores, public=True),
        Case("values", "along axis 1 of 3", lambda draw: _scores(draw, 3, dim=1), public=True),
        Case("values", "along axis 0, float64", lambda draw: _scores(draw, 2, DOUBLE, dim=0)),
        Case("values", "four axes", lambda draw: _scores(draw, 4)),
        Case("values", "one axis", lambda draw: _scores(draw, 1)),
        Case("values", "inputs in another memory order", lambda draw: _scores(draw, strided=True)),
        Case("values", "rows of length 1", lambda draw: call(draw.normal(draw.integer(3, 6), 1))),
        Case("large scores", "scores in the thousands", lambda draw: _huge(draw, 1), public=True),
        Case("large scores", "scores far below zero", lambda draw: _huge(draw, -1)),
        Case("empty rows", "a row that holds only −inf", _with_empty_rows, public=True),
        Case("gradients", "gradients", lambda draw: _scores(draw, grad=True)),
        Case("gradients", "gradients with an empty row", lambda draw: _with_empty_rows(draw, grad=True)),
    ),
    mistakes=mistakes.STABLE_SOFTMAX,
    hints=(
        "exp overflows for large scores. What can be added to all scores of a slice without changing the result?",
        "Subtract each slice's own maximum. Then ask: what happens in a slice whose maximum is −inf?",
        "In a slice of only −inf, shift by 0 instead of −inf, and divide by 1 instead of 0. Keep the axis (keepdim).",
    ),
)


def _query_key(draw: Draw, leading: int = 1, dtype: torch.dtype = torch.float32, **options: bool) -> dict:
    *lead, queries, keys, d_k = draw.sizes(leading + 3)
    return call(draw.normal(*lead, queries, d_k, dtype=dtype), draw.normal(*lead, keys, d_k, dtype=dtype), **options)


def _different_d_k(draw: Draw) -> dict:
    batch, queries, keys, d_k, other = draw.sizes(5)
    return raises(
        call(draw.normal(batch, queries, d_k), draw.normal(batch, keys, other)), batch, queries, d_k, keys, other
    )


def _different_batch(draw: Draw) -> dict:
    batch, other, queries, keys, d_k = draw.sizes(5)
    return raises(call(draw.normal(batch, queries, d_k), draw.normal(other, keys, d_k)), batch, queries, other, keys)


ATTENTION_SCORES = Exercise(
    name="attention_scores",
    points={"values": 2.0, "gradients": 1.0, "errors": 1.0},
    section="Why √d_k",
    forbidden=(ATTENTION,),
    cases=(
        Case("values", "a batch", _query_key, public=True),
        Case("values", "batch and heads", lambda draw: _query_key(draw, 2), public=True),
        Case("values", "no leading axis", lambda draw: _query_key(draw, 0)),
        Case("values", "float64", lambda draw: _query_key(draw, 1, DOUBLE)),
        Case("values", "inputs in another memory order", lambda draw: _query_key(draw, 1, strided=True)),
        Case("values", "one of everything", lambda draw: call(draw.normal(1, 1, 3), draw.normal(1, 1, 3))),
        Case("gradients", "gradients", lambda draw: _query_key(draw, 1, grad=True)),
        Case("errors", "different d_k", _different_d_k, public=True),
        Case("errors", "different batches", _different_batch),
    ),
    mistakes=mistakes.ATTENTION_SCORES,
    hints=(
        "Write down the shapes. Which axis of both inputs is summed over, and which one stays from each?",
        "A batched matrix product needs (..., d_k, key_length) on the right: exchange the last two axes of one input.",
        "Divide by the square root of the size of the last axis. Check the shapes first, leading axes included.",
    ),
)


def _lengths(draw: Draw) -> dict:
    batch, longest = draw.sizes(2, low=3)
    return call(draw.lengths(batch, longest), longest)


def _with_a_zero(draw: Draw) -> dict:
    batch, longest = draw.sizes(2, low=3)
    lengths = draw.lengths(batch, longest)
    lengths[1] = 0
    return call(lengths, longest + 2)


def _too_long(draw: Draw) -> dict:
    batch, longest = draw.sizes(2, low=3)
    lengths = draw.lengths(batch, longest)
    lengths[1] = longest + 13
    return raises(call(lengths, longest), longest, longest + 13)


def _two_axes(draw: Draw) -> dict:
    rows, columns = draw.sizes(2)
    return raises(call(draw.integers(1, 5, rows, columns), 5), rows, columns)


PADDING_MASK = Exercise(
    name="padding_mask",
    points={"values": 2.0, "errors": 1.0},
    section="Masks: who may look where",
    cases=(
        Case("values", "lengths of a batch", _lengths, public=True),
        Case("values", "an empty sequence, and spare room", _with_a_zero, public=True),
        Case("values", "a batch of one", lambda draw: call(draw.integers(2, 4, 1), 6)),
        Case("errors", "a length beyond max_length", _too_long, public=True),
        Case("errors", "a negative length", lambda draw: raises(call(torch.tensor([2, -17]), 9), 17, 9)),
        Case("errors", "lengths with two axes", _two_axes),
    ),
    mistakes=mistakes.PADDING_MASK,
    hints=(
        "Number the positions 0, 1, 2, …: which of them are real in a sequence of length n?",
        "Compare a row of positions with a column of lengths: broadcasting makes the table.",
        "torch.arange gives the positions. Give the lengths a second axis, compare, then add the axis in the middle.",
    ),
)

CAUSAL_MASK = Exercise(
    name="causal_mask",
    points={"values": 2.0, "single": 1.0},
    section="Masks: who may look where",
    cases=(
        Case("values", "a short sequence", lambda draw: call(draw.integer(3, 6)), public=True),
        Case("values", "a longer sequence", lambda draw: call(draw.integer(9, 14))),
        Case("single", "a sequence of length 1", lambda draw: call(1)),
    ),
    mistakes=mistakes.CAUSAL_MASK,
    hints=(
        "Row i is a query. Which columns j may it look at?",
        "It is a table of True on and below the diagonal. torch can cut a triangle out of a matrix.",
        "Make a (length, length) tensor of ones of dtype bool and keep its lower triangle, diagonal included.",
    ),
)


def attention_inputs(
    draw: Draw, leading: int = 1, dtype: torch.dtype = torch.float32, scale: float = 1.0
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """query, key, value whose sizes are pairwise different."""
    *lead, queries, keys, d_k, d_v = draw.sizes(leading + 4, low=3, high=9)
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


def _nothing_allowed(draw: Draw, **options: bool) -> dict:
    query, key, value = attention_inputs(draw)
    mask = draw.mask(query.shape[0], query.shape[-2], key.shape[-2])
    mask[0, 1] = False
    mask[1, :] = False
    return call(query, key, value, mask, **options)


def _number_mask(draw: Draw) -> dict:
    query, key, value = attention_inputs(draw)
    return raises(call(query, key, value, torch.zeros(query.shape[-2], key.shape[-2])))


def _mask_that_does_not_fit(draw: Draw) -> dict:
    query, key, value = attention_inputs(draw)
    queries, keys = query.shape[-2], key.shape[-2]
    return raises(call(query, key, value, draw.mask(queries, keys + 11)), queries, keys + 11, keys)


def _values_of_another_length(draw: Draw) -> dict:
    query, key, value = attention_inputs(draw)
    keys, extra = key.shape[-2], key.shape[-2] + 11
    return raises(call(query, key, draw.normal(key.shape[0], extra, value.shape[-1])), keys, extra)


def _tiny(draw: Draw) -> dict:
    return call(draw.normal(1, 1, 3), draw.normal(1, 1, 3), draw.normal(1, 1, 2))


SCALED_DOT_PRODUCT_ATTENTION = Exercise(
    name="scaled_dot_product_attention",
    points={"values": 2.0, "masks": 1.0, "empty rows": 1.0, "gradients": 1.0, "errors": 1.0},
    section="Attention without a loop",
    forbidden=(ATTENTION,),
    cases=(
        Case("values", "a batch, no mask", _plain, public=True),
        Case("values", "batch and heads, no mask", lambda draw: _plain(draw, 2), public=True),
        Case("values", "no leading axis", lambda draw: _plain(draw, 0)),
        Case("values", "float64", lambda draw: _plain(draw, 1, DOUBLE)),
        Case("values", "inputs in another memory order", lambda draw: _plain(draw, 1, strided=True)),
        Case("values", "one of everything", _tiny),
        Case("masks", "a mask of its own for every query", _masked, public=True),
        Case("masks", "one mask for the whole batch", lambda draw: _masked(draw, 1, 2)),
        Case("masks", "batch and heads, the mask without heads", lambda draw: _masked(draw, 2, 4)),
        Case("masks", "padding", _padded),
        Case("masks", "visible scores near −20", lambda draw: _low_scores(draw, 20.0), public=True),
        Case("masks", "visible scores near −60,000", lambda draw: _low_scores(draw, 6e4, DOUBLE)),
        Case("empty rows", "queries that may attend to nothing", _nothing_allowed, public=True),
        Case("gradients", "gradients", lambda draw: _plain(draw, grad=True)),
        Case("gradients", "gradients with a mask", lambda draw: _masked(draw, grad=True)),
        Case("gradients", "gradients with empty rows", lambda draw: _nothing_allowed(draw, grad=True)),
        Case("errors", "a mask of numbers", _number_mask, public=True),
        Case("errors", "a mask that does not fit", _mask_that_does_not_fit),
        Case("errors", "values of another length", _values_of_another_length),
    ),
    mistakes=mistakes.SCALED_DOT_PRODUCT_ATTENTION,
    hints=(
        "You have written all parts already: scores, a mask, a softmax. In which order are they used?",
        "A blocked score must become a number whose exponential is exactly 0, before the softmax.",
        "Fill the scores with −inf where the mask is False; your stable_softmax already makes empty rows 0. "
        "Then mix the values with the weights in one matrix product.",
    ),
)

EXERCISES = (STABLE_SOFTMAX, ATTENTION_SCORES, PADDING_MASK, CAUSAL_MASK, SCALED_DOT_PRODUCT_ATTENTION)
