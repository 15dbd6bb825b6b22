"""Exercise `masked_mean` of lesson 0: cases, mistakes, hints."""

from __future__ import annotations

import torch

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call, raises, refused

DOUBLE = torch.float64


def _batch(draw: Draw, dtype: torch.dtype = torch.float32, **options: bool) -> dict:
    batch, length, d = draw.sizes(3, low=3)
    return call(draw.normal(batch, length, d, dtype=dtype) + 2, draw.mask(batch, length), **options)


def _padded_empty(draw: Draw, **options: bool) -> dict:
    batch, length, d = draw.sizes(3, low=3)
    mask = draw.mask(batch, length)
    mask[1] = False
    mask[2] = True  # empty to those who read the mask the wrong way round
    return call(draw.normal(batch, length, d) + 2, mask, **options)


def _empty_gradients(draw: Draw) -> dict:
    return _padded_empty(draw, grad=True)


def _one_of_each(draw: Draw) -> dict:
    return call(draw.normal(1, 1, draw.integer(2, 5)), torch.ones(1, 1, dtype=torch.bool))


def _number_mask(draw: Draw) -> dict:
    batch, length, d = draw.sizes(3)
    return raises(call(draw.normal(batch, length, d), draw.mask(batch, length).float()))


def _integer_mask(draw: Draw) -> dict:
    batch, length, d = draw.sizes(3)
    return raises(call(draw.normal(batch, length, d), draw.mask(batch, length).long()))


def _two_axes(draw: Draw) -> dict:
    batch, length = draw.large(2)
    return raises(call(draw.normal(batch, length), draw.mask(batch, length)), batch, length)


def _mask_of_another_length(draw: Draw, fault: bool = True) -> dict:
    (length, other), (batch, d) = draw.pair(fault), draw.sizes(2)
    return raises(call(draw.normal(batch, length, d), draw.mask(batch, other)), batch, length, d, other, fault=fault)


def _mask_of_one(draw: Draw, fault: bool = True) -> dict:
    """One row of a mask for several sequences, which torch would repeat in silence."""
    batch, length, d = [*draw.large(2), draw.integer(2, 9)]
    mask = draw.mask(1 if fault else batch, length)
    return raises(call(draw.normal(batch, length, d), mask), batch, length, d, 1, fault=fault)


_LOOK = "Masks"
MASKED_MEAN = Exercise(
    name="masked_mean",
    points={"values": 2.0, "empty rows": 1.0, "gradients": 1.0, "errors": 1.0},
    section=_LOOK,
    cases=(
        Case("values", "sequences with different masks", _batch, public=True),
        Case("values", "one sequence of length 1", _one_of_each),
        Case("values", "float64", lambda draw: _batch(draw, DOUBLE)),
        Case("values", "inputs in another memory order", lambda draw: _batch(draw, strided=True)),
        Case("empty rows", "a sequence in which nothing counts", _padded_empty, public=True),
        Case("gradients", "gradients", lambda draw: _batch(draw, grad=True)),
        Case("gradients", "gradients with an empty sequence", _empty_gradients, public=True),
        Case("errors", "a mask of numbers", _number_mask, public=True),
        *refused("a mask of another length", _mask_of_another_length, public=True),
        *refused("one row of a mask for several sequences", _mask_of_one),
        Case("errors", "a mask of integers", _integer_mask),
        Case("errors", "values with two axes", _two_axes),
    ),
    mistakes=(
        Mistake(
            "mask_inverted",
            "The mask is read the wrong way round.",
            "True means that a position counts; here the positions marked False are averaged.",
            _LOOK,
            patches=(("~mask.unsqueeze(-1)", "mask.unsqueeze(-1)"), ("mask.sum(dim=1", "(~mask).sum(dim=1")),
        ),
        Mistake(
            "mask_ignored",
            "The mask has no effect.",
            "All positions are averaged, also those that do not count.",
            _LOOK,
            patches=(
                ("values.masked_fill(~mask.unsqueeze(-1), 0.0)", "values"),
                ("mask.sum(dim=1, keepdim=True)", "torch.full((values.shape[0], 1), values.shape[1])"),
            ),
        ),
        Mistake(
            "divided_by_length",
            "The sum is divided by the length, not by the number of positions that count.",
            "Positions that do not count must not make the mean smaller.",
            _LOOK,
            patches=(("/ count", "/ values.shape[1]"),),
        ),
        Mistake(
            "not_divided",
            "This is the sum over the positions that count, not their mean.",
            "The sum has to be divided by how many there are.",
            _LOOK,
            patches=((" / count", ""),),
        ),
        Mistake(
            "empty_nan",
            "A sequence in which nothing counts gives NaN.",
            "0 / 0 is NaN; the mean of nothing is 0 here, so that one empty sequence cannot spoil a batch.",
            _LOOK,
            patches=((".clamp(min=1)", ""),),
        ),
        Mistake(
            "over_batch",
            "The mean runs over the batch instead of the positions.",
            "Sequences of a batch have nothing to do with each other: axis 0 must stay.",
            _LOOK,
            patches=(
                ("mask.sum(dim=1, keepdim=True)", "mask.sum(dim=0).unsqueeze(-1)"),
                ("counted.sum(dim=1)", "counted.sum(dim=0)"),
            ),
        ),
        Mistake(
            "whole_batch_count",
            "The sum is divided by the number of counted positions of the whole batch.",
            "Each sequence has its own number of positions that count.",
            _LOOK,
            patches=(("mask.sum(dim=1, keepdim=True)", "mask.sum()"),),
        ),
        Mistake(
            "changed_input",
            "The values are overwritten.",
            "The caller still needs them: work on a copy (masked_fill, not masked_fill_).",
            _LOOK,
            patches=(("values.masked_fill(", "values.masked_fill_("),),
        ),
        Mistake(
            "empty_gradient_nan",
            "The values are right, but an empty sequence gets NaN as its gradient.",
            "Repairing 0 / 0 afterwards (where, nan_to_num) repairs the result, not the gradient: divide by 1 instead.",
            _LOOK,
            patches=(
                ("values.masked_fill(~mask.unsqueeze(-1), 0.0)", "values * mask.unsqueeze(-1)"),
                (".clamp(min=1)", ""),
                ("return counted.sum(dim=1) / count", "return (counted.sum(dim=1) / count).nan_to_num()"),
            ),
        ),
        Mistake(
            "no_gradient",
            "The values are right, but no gradient flows back to them.",
            "`detach`, `.data`, `no_grad` or a tensor made anew cut the graph: nothing before it would learn.",
            _LOOK,
            patches=(("= values.masked_fill(", "= values.detach().masked_fill("),),
        ),
        Mistake(
            "shapes_unchecked",
            "The shapes are not checked.",
            "Sizes that do not fit must be a ValueError with both shapes, not torch's own error.",
            _LOOK,
            patches=(("values.dim() != 3 or mask.shape != values.shape[:2]", "False"),),
        ),
        Mistake(
            "unchecked",
            "Nothing is checked.",
            "A mask of numbers must be a TypeError and sizes that do not fit a ValueError with both shapes.",
            _LOOK,
            code=(
                "def masked_mean(values, mask):\n"
                "    mask = mask.to(values.dtype).unsqueeze(-1)\n"
                "    return (values * mask).sum(dim=1) / mask.sum(dim=1).clamp(min=1)\n"
            ),
        ),
    ),
    pairs=(("mask_inverted", "empty_nan"), ("mask_inverted", "changed_input"), ("empty_nan", "changed_input")),
    hints=(
        "A mean is a sum divided by a count. What is the sum of what counts, and how many are there?",
        "Make the values that do not count 0, then sum over the positions. True counts as 1 in a sum.",
        "The mask needs a third axis to meet the values. For an empty sequence divide by 1 instead of 0.",
    ),
)
