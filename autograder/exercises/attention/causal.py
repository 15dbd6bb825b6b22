"""Exercise `causal_mask` of lesson 1: cases, mistakes, hints."""

from __future__ import annotations

from autograder.exercises.attention import headings
from autograder.exercises.model import Case, Exercise, Mistake, call


def _causal_patch(new: str) -> tuple[tuple[str, str], ...]:
    return (("return torch.ones(length, length, dtype=torch.bool).tril()", f"return {new}"),)


MISTAKES = (
    Mistake(
        "excludes_self",
        "A position may not attend to itself.",
        "Entry [i, i] must be True; without it the first row allows nothing at all.",
        headings.MASKS,
        patches=_causal_patch("torch.ones(length, length, dtype=torch.bool).tril(diagonal=-1)"),
    ),
    Mistake(
        "upper",
        "Each position sees itself and the future instead of the past.",
        "Rows are queries: row i is True in the columns 0 … i, the lower triangle.",
        headings.MASKS,
        patches=_causal_patch("torch.ones(length, length, dtype=torch.bool).triu()"),
    ),
    Mistake(
        "mask_inverted",
        "The mask is the wrong way round: it marks what is blocked.",
        "Here True means “may attend”.",
        headings.MASKS,
        patches=_causal_patch("torch.ones(length, length, dtype=torch.bool).triu(diagonal=1)"),
    ),
    Mistake(
        "one_too_many",
        "Each position also sees the next one.",
        "That is the one it has to predict: the diagonal is the last column allowed.",
        headings.MASKS,
        patches=_causal_patch("torch.ones(length, length, dtype=torch.bool).tril(diagonal=1)"),
    ),
    Mistake(
        "nothing_blocked",
        "Nothing is blocked.",
        "Every position sees the future.",
        headings.MASKS,
        patches=_causal_patch("torch.ones(length, length, dtype=torch.bool)"),
    ),
    Mistake(
        "not_bool",
        "The mask holds numbers instead of True and False.",
        "A mask of dtype bool cannot be mistaken for one that is added or multiplied.",
        headings.MASKS,
        patches=_causal_patch("torch.ones(length, length).tril()"),
    ),
    Mistake(
        "additive",
        "This is a mask to be added: 0 and −inf.",
        "In this course masks are bool, and True means “may attend”.",
        headings.MASKS,
        patches=_causal_patch("torch.full((length, length), -math.inf).triu(diagonal=1)"),
    ),
)


CAUSAL_MASK = Exercise(
    name="causal_mask",
    points={"values": 2.0, "single": 1.0},
    section=headings.MASKS,
    cases=(
        Case("values", "a short sequence", lambda draw: call(draw.integer(3, 6)), public=True),
        Case("values", "a longer sequence", lambda draw: call(draw.integer(9, 14))),
        Case("single", "a sequence of length 1", lambda draw: call(1)),
    ),
    mistakes=MISTAKES,
    hints=(
        "Row i is a query. Which columns j may it look at?",
        "It is a table of True on and below the diagonal. torch can cut a triangle out of a matrix.",
        "Make a (length, length) tensor of ones of dtype bool and keep its lower triangle, diagonal included.",
    ),
)
