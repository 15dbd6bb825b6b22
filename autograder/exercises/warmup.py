"""Exercises of lesson 0: points, cases and mistakes."""

from __future__ import annotations

import torch

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call, raises

DOUBLE = torch.float64


def _pairs(draw: Draw, dtype: torch.dtype = torch.float32, **options: bool) -> dict:
    n, m, d = draw.sizes(3)
    return call(draw.normal(n, d, dtype=dtype), draw.normal(m, d, dtype=dtype), **options)


def _single_rows(draw: Draw) -> dict:
    d = draw.integer(3, 7)
    return call(draw.normal(1, d), draw.normal(1, d))


def _unequal_d(draw: Draw) -> dict:
    n, m, d, other = draw.sizes(4)
    return raises(call(draw.normal(n, d), draw.normal(m, other)), n, d, m, other)


def _three_axes(draw: Draw) -> dict:
    n, m, d, batch = draw.sizes(4)
    return raises(call(draw.normal(batch, n, d), draw.normal(batch, m, d)), batch, n, d, m)


PAIRWISE = Exercise(
    name="pairwise_dot_products",
    points={"values": 2.0, "errors": 1.0},
    section="Many dot products at once",
    cases=(
        Case("values", "x and y of different lengths", _pairs, public=True),
        Case("values", "one row each", _single_rows, public=True),
        Case("values", "float64", lambda draw: _pairs(draw, DOUBLE)),
        Case("values", "inputs in another memory order", lambda draw: _pairs(draw, strided=True)),
        Case("values", "gradients", lambda draw: _pairs(draw, grad=True)),
        Case("errors", "rows of different lengths", _unequal_d, public=True),
        Case("errors", "three axes instead of two", _three_axes),
    ),
    mistakes=(
        Mistake(
            "transposed",
            "The rows and columns of the result are swapped.",
            "Row i of the result belongs to row i of x; the shape is (n, m), not (m, n).",
            "Many dot products at once",
            patches=(("return x @ y.T", "return y @ x.T"),),
        ),
        Mistake(
            "cosine",
            "The rows are divided by their lengths first.",
            "That is the cosine of the angle; a dot product also grows with the lengths of both rows.",
            "Many dot products at once",
            patches=(
                ("return x @ y.T", "return (x / x.norm(dim=1, keepdim=True)) @ (y / y.norm(dim=1, keepdim=True)).T"),
            ),
        ),
        Mistake(
            "distances",
            "These are distances between the rows, not dot products.",
            "A distance is small for similar rows; a dot product is large for them.",
            "Many dot products at once",
            patches=(("return x @ y.T", "return torch.cdist(x, y)"),),
        ),
        Mistake(
            "unsummed",
            "The products are there, but they are not summed over d.",
            "A dot product is one number for each pair of rows.",
            "Many dot products at once",
            patches=(("return x @ y.T", "return x.unsqueeze(1) * y.unsqueeze(0)"),),
        ),
        Mistake(
            "averaged",
            "The products are averaged over d instead of summed.",
            "A mean is the dot product divided by d.",
            "Many dot products at once",
            patches=(("return x @ y.T", "return (x.unsqueeze(1) * y.unsqueeze(0)).mean(dim=-1)"),),
        ),
        Mistake(
            "squeezed",
            "Axes of size 1 are dropped from the result.",
            "One row in x still gives a result with two axes: (1, m).",
            "Many dot products at once",
            patches=(("return x @ y.T", "return (x @ y.T).squeeze()"),),
        ),
        Mistake(
            "unchecked",
            "The shapes are not checked.",
            "Sizes that do not fit must give a ValueError that names both shapes, not torch's own error.",
            "Many dot products at once",
            code="def pairwise_dot_products(x, y):\n    return x @ y.transpose(-2, -1)\n",
        ),
    ),
    hints=(
        "Write down the shapes: (n, d) and (m, d) must become (n, m). Which axis disappears?",
        "A matrix product sums over the last axis of the left and the first axis of the right matrix.",
        "Turn the second matrix on its side, then one matrix product does it. Compare the shapes before that.",
    ),
)


def _batch(draw: Draw, dtype: torch.dtype = torch.float32, **options: bool) -> dict:
    batch, length, d = draw.sizes(3, low=3)
    return call(draw.normal(batch, length, d, dtype=dtype) + 2, draw.mask(batch, length), **options)


def _padded_empty(draw: Draw, **options: bool) -> dict:
    batch, length, d = draw.sizes(3, low=3)
    mask = draw.mask(batch, length)
    mask[1] = False
    return call(draw.normal(batch, length, d) + 2, mask, **options)


def _one_of_each(draw: Draw) -> dict:
    return call(draw.normal(1, 1, draw.integer(2, 5)), torch.ones(1, 1, dtype=torch.bool))


def _number_mask(draw: Draw) -> dict:
    batch, length, d = draw.sizes(3)
    return raises(call(draw.normal(batch, length, d), draw.mask(batch, length).float()))


def _mask_of_another_length(draw: Draw) -> dict:
    batch, length, d, other = draw.sizes(4)
    return raises(call(draw.normal(batch, length, d), draw.mask(batch, other)), batch, length, d, other)


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
        Case("gradients", "gradients beside an empty sequence", lambda draw: _padded_empty(draw, grad=True)),
        Case("errors", "a mask of numbers", _number_mask, public=True),
        Case("errors", "a mask of another length", _mask_of_another_length),
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
    hints=(
        "A mean is a sum divided by a count. What is the sum of what counts, and how many are there?",
        "Make the values that do not count 0, then sum over the positions. True counts as 1 in a sum.",
        "The mask needs a third axis to meet the values. For an empty sequence divide by 1 instead of 0.",
    ),
)

EXERCISES = (PAIRWISE, MASKED_MEAN)
