"""Exercise `pairwise_dot_products` of lesson 0: cases, mistakes, hints."""

from __future__ import annotations

import torch

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call, raises, refused

DOUBLE = torch.float64
_LOOK = "Many dot products at once"


def _pairs(draw: Draw, dtype: torch.dtype = torch.float32, **options: bool) -> dict:
    n, m, d = draw.sizes(3)
    return call(draw.normal(n, d, dtype=dtype), draw.normal(m, d, dtype=dtype), **options)


def _many(draw: Draw) -> dict:
    n, m, d = draw.large(3)
    return call(draw.normal(n, d), draw.normal(m, d))


def _single_rows(draw: Draw) -> dict:
    d = draw.integer(3, 7)
    return call(draw.normal(1, d), draw.normal(1, d))


def _unequal_d(draw: Draw, fault: bool = True) -> dict:
    m, (d, other, n) = draw.integer(2, 9), draw.trio(fault)
    return raises(call(draw.normal(n, d), draw.normal(m, other)), n, d, m, other, fault=fault)


def _one_axis(draw: Draw, which: int) -> dict:
    n, d = draw.large(2)
    inputs = [draw.normal(n, d), draw.normal(n, d)]
    inputs[which] = inputs[which][0]
    return raises(call(*inputs), n, d)


def _three_axes(draw: Draw) -> dict:
    n, m, d, batch = draw.large(4)
    return raises(call(draw.normal(batch, n, d), draw.normal(batch, m, d)), batch, n, d, m)


PAIRWISE = Exercise(
    name="pairwise_dot_products",
    points={"values": 2.0, "errors": 1.0},
    section=_LOOK,
    cases=(
        Case("values", "x and y of different lengths", _pairs, public=True),
        Case("values", "one row each", _single_rows, public=True),
        Case("values", "many rows", _many),
        Case("values", "float64", lambda draw: _pairs(draw, DOUBLE)),
        Case("values", "inputs in another memory order", lambda draw: _pairs(draw, strided=True)),
        Case("values", "gradients", lambda draw: _pairs(draw, grad=True)),
        *refused("rows of different lengths", _unequal_d, public=True),
        Case("errors", "three axes instead of two", _three_axes),
        Case("errors", "x with one axis", lambda draw: _one_axis(draw, 0)),
        Case("errors", "y with one axis", lambda draw: _one_axis(draw, 1)),
    ),
    mistakes=(
        Mistake(
            "transposed",
            "The rows and columns of the result are swapped.",
            "Row i of the result belongs to row i of x; the shape is (n, m), not (m, n).",
            _LOOK,
            patches=(("return x @ y.T", "return y @ x.T"),),
        ),
        Mistake(
            "cosine",
            "The rows are divided by their lengths first.",
            "That is the cosine of the angle; a dot product also grows with the lengths of both rows.",
            _LOOK,
            patches=(
                ("return x @ y.T", "return (x / x.norm(dim=1, keepdim=True)) @ (y / y.norm(dim=1, keepdim=True)).T"),
            ),
        ),
        Mistake(
            "distances",
            "These are distances between the rows, not dot products.",
            "A distance is small for similar rows; a dot product is large for them.",
            _LOOK,
            patches=(("return x @ y.T", "return torch.cdist(x, y)"),),
        ),
        Mistake(
            "unsummed",
            "The products are there, but they are not summed over d.",
            "A dot product is one number for each pair of rows.",
            _LOOK,
            patches=(("return x @ y.T", "return x.unsqueeze(1) * y.unsqueeze(0)"),),
        ),
        Mistake(
            "averaged",
            "The products are averaged over d instead of summed.",
            "A mean is the dot product divided by d.",
            _LOOK,
            patches=(("return x @ y.T", "return (x.unsqueeze(1) * y.unsqueeze(0)).mean(dim=-1)"),),
        ),
        Mistake(
            "squeezed",
            "Axes of size 1 are dropped from the result.",
            "One row in x still gives a result with two axes: (1, m).",
            _LOOK,
            patches=(("return x @ y.T", "return (x @ y.T).squeeze()"),),
        ),
        Mistake(
            "unchecked",
            "The shapes are not checked.",
            "Sizes that do not fit must give a ValueError that names both shapes, not torch's own error.",
            _LOOK,
            code="def pairwise_dot_products(x, y):\n    return x @ y.t()\n",
        ),
    ),
    hints=(
        "Write down the shapes: (n, d) and (m, d) must become (n, m). Which axis disappears?",
        "A matrix product sums over the last axis of the left and the first axis of the right matrix.",
        "Turn the second matrix on its side, then one matrix product does it. Compare the shapes before that.",
    ),
)
