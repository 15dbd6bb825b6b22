"""Exercise `padding_mask` of lesson 1: cases, mistakes, hints."""

from __future__ import annotations

import torch

from autograder.exercises.attention import headings
from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call, raises, refused


def _padding_patch(new: str) -> tuple[tuple[str, str], ...]:
    return (("return (positions < lengths.unsqueeze(1)).unsqueeze(1)", f"return {new}"),)


MISTAKES = (
    Mistake(
        "mask_inverted",
        "The mask is the wrong way round.",
        "Here True means “may attend”: real positions are True, padding is False.",
        headings.MASKS,
        patches=_padding_patch("(positions >= lengths.unsqueeze(1)).unsqueeze(1)"),
    ),
    Mistake(
        "one_too_many",
        "One position too many is marked as real.",
        "Positions count from 0: in a sequence of length n the last real one is n − 1.",
        headings.MASKS,
        patches=_padding_patch("(positions <= lengths.unsqueeze(1)).unsqueeze(1)"),
    ),
    Mistake(
        "on_queries",
        "The mask lies on the query axis.",
        "Padding must not be looked *at*: the positions belong on the last axis, that of the keys.",
        headings.MASKS,
        patches=_padding_patch("(positions < lengths.unsqueeze(1)).unsqueeze(2)"),
    ),
    Mistake(
        "no_query_axis",
        "The axis for the queries is missing.",
        "(batch, max_length) meets scores of (batch, query_length, key_length) on the wrong axes; "
        "an axis of size 1 in the middle puts it right.",
        headings.MASKS,
        patches=_padding_patch("positions < lengths.unsqueeze(1)"),
    ),
    Mistake(
        "query_axis_first",
        "The axis for the queries stands before the batch.",
        "The shape is (batch, 1, max_length): the axis of size 1 belongs in the middle.",
        headings.MASKS,
        patches=_padding_patch("(positions < lengths.unsqueeze(1)).unsqueeze(0)"),
    ),
    Mistake(
        "longest_length",
        "The mask is as long as the longest sequence, not max_length.",
        "Batches are often padded further than their longest sequence; the mask must fit the scores.",
        headings.MASKS,
        patches=(("torch.arange(max_length, device=lengths.device)", "torch.arange(int(lengths.max()))"),),
    ),
    Mistake(
        "left_padding",
        "The padding is taken to be on the left.",
        "In this course sequences begin at position 0 and the padding follows.",
        headings.MASKS,
        patches=_padding_patch("(positions >= max_length - lengths.unsqueeze(1)).unsqueeze(1)"),
    ),
    Mistake(
        "not_bool",
        "The mask holds numbers instead of True and False.",
        "A mask of dtype bool cannot be mistaken for one that is added or multiplied.",
        headings.MASKS,
        patches=_padding_patch("(positions < lengths.unsqueeze(1)).unsqueeze(1).float()"),
    ),
    Mistake(
        "unchecked",
        "The lengths are not checked.",
        "A length beyond max_length is a mistake somewhere else; unnoticed, it cuts a sequence off.",
        headings.MASKS,
        code=(
            "def padding_mask(lengths, max_length):\n"
            "    return (torch.arange(max_length) < lengths.unsqueeze(1)).unsqueeze(1)\n"
        ),
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


def _too_long(draw: Draw, fault: bool = True) -> dict:
    shorter, longer = sorted(draw.large(2))
    longest = shorter if fault else longer
    lengths = draw.lengths(draw.integer(3, 9), shorter)
    lengths[1] = longer
    return raises(call(lengths, longest), longest, longer, fault=fault)


def _negative(draw: Draw, number: int | None = None, fault: bool = True) -> dict:
    drawn, longest = sorted(draw.large(2))
    number = number or drawn
    return raises(call(torch.tensor([2, -number if fault else number]), longest), number, longest, fault=fault)


def _two_axes(draw: Draw) -> dict:
    rows, columns = draw.large(2)
    return raises(call(draw.integers(1, 5, rows, columns), 5), rows, columns)


PADDING_MASK = Exercise(
    name="padding_mask",
    points={"values": 2.0, "errors": 1.0},
    section=headings.MASKS,
    cases=(
        Case("values", "lengths of a batch", _lengths, public=True),
        Case("values", "an empty sequence, and spare room", _with_a_zero, public=True),
        Case("values", "a batch of one", lambda draw: call(draw.integers(2, 4, 1), 6)),
        *refused("a length beyond max_length", _too_long, public=True),
        *refused("a negative length", _negative),
        Case("errors", "a length of −1", lambda draw: _negative(draw, 1)),
        Case("errors", "lengths with two axes", _two_axes),
    ),
    mistakes=MISTAKES,
    hints=(
        "Number the positions 0, 1, 2, …: which of them are real in a sequence of length n?",
        "Compare a row of positions with a column of lengths: broadcasting makes the table.",
        "torch.arange gives the positions. Give the lengths a second axis, compare, then add the axis in the middle.",
    ),
)
