"""Exercise `stable_softmax` of lesson 1: cases, mistakes, hints."""

from __future__ import annotations

import math

import torch

from autograder.exercises.attention import headings
from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call
from autograder.exercises.rules import SOFTMAX

DOUBLE = torch.float64

_DIVIDE = "    return exponentials * (1 / total.clamp(min=1.0))\n"

MISTAKES = (
    Mistake(
        "no_maximum",
        "The maximum is not subtracted.",
        "exp overflows beyond 88 in float32, and ∞ / ∞ is NaN.",
        headings.SOFTMAX,
        patches=(("torch.exp(scores - maximum)", "torch.exp(scores)"),),
    ),
    Mistake(
        "global_maximum",
        "One maximum is subtracted from all slices.",
        "A slice far below it underflows to zeros; each slice needs its own maximum.",
        headings.SOFTMAX,
        patches=(("scores.detach().amax(dim=dim, keepdim=True)", "scores.detach().max()"),),
    ),
    Mistake(
        "dim_ignored",
        "The sum always runs along the last axis.",
        "The argument `dim` says along which axis the weights must sum to 1.",
        headings.SOFTMAX,
        patches=(
            ("scores.detach().amax(dim=dim, keepdim=True)", "scores.detach().amax(dim=-1, keepdim=True)"),
            ("exponentials.sum(dim=dim, keepdim=True)", "exponentials.sum(dim=-1, keepdim=True)"),
        ),
    ),
    Mistake(
        "sum_over_everything",
        "The exponentials are divided by the sum over the whole tensor.",
        "Each slice along `dim` has its own sum; all weights together must not sum to 1.",
        headings.SOFTMAX,
        patches=(
            ("scores.detach().amax(dim=dim, keepdim=True)", "scores.detach().amax()"),
            ("exponentials.sum(dim=dim, keepdim=True)", "exponentials.sum()"),
        ),
    ),
    Mistake(
        "no_exponential",
        "The scores are divided by their sum, without an exponential.",
        "Negative scores would give negative weights; exp makes every weight positive.",
        headings.SOFTMAX,
        code="def stable_softmax(scores, dim=-1):\n    return scores / scores.sum(dim=dim, keepdim=True)\n",
    ),
    Mistake(
        "logarithm",
        "This is the logarithm of the softmax.",
        "Weights lie between 0 and 1 and sum to 1.",
        headings.SOFTMAX,
        patches=((_DIVIDE, "    return scores - maximum - torch.log(total)\n"),),
    ),
    Mistake(
        "empty_nan",
        "A slice that holds only −inf gives NaN.",
        "−inf − (−inf) is NaN, and so is 0 / 0. One such row spoils everything that is computed from it.",
        headings.SOFTMAX,
        patches=(
            ("    maximum = maximum.clamp(min=torch.finfo(scores.dtype).min)\n", ""),
            (".clamp(min=1.0)", ""),
        ),
    ),
    Mistake(
        "empty_uniform",
        "A slice that holds only −inf gets equal weights.",
        "Whoever may attend to nothing must attend to nothing: all weights are 0.",
        headings.SOFTMAX,
        code=(
            "def stable_softmax(scores, dim=-1):\n"
            "    scores = scores.clamp(min=-1e9)\n"
            "    exponentials = torch.exp(scores - scores.amax(dim=dim, keepdim=True))\n"
            "    return exponentials / exponentials.sum(dim=dim, keepdim=True)\n"
        ),
    ),
    Mistake(
        "empty_gradient_nan",
        "The weights are right, but the gradients of an empty slice are NaN.",
        "Repairing NaN afterwards (nan_to_num, where) repairs the result, not the gradient: avoid 0 / 0.",
        headings.SOFTMAX,
        code=(
            "def stable_softmax(scores, dim=-1):\n"
            "    exponentials = torch.exp(scores - scores.amax(dim=dim, keepdim=True))\n"
            "    weights = exponentials / exponentials.sum(dim=dim, keepdim=True)\n"
            "    return torch.where(torch.isnan(weights), torch.zeros_like(weights), weights)\n"
        ),
    ),
    Mistake(
        "changed_input",
        "The scores are overwritten.",
        "The caller still needs them: an operation that ends in _ or an assignment with -= changes them.",
        headings.SOFTMAX,
        patches=(("torch.exp(scores - maximum)", "torch.exp(scores.sub_(maximum))"),),
    ),
    Mistake(
        "no_gradient",
        "The values are right, but no gradient flows back to the scores.",
        "`detach`, `.data`, `no_grad` or a tensor made anew cut the graph: nothing before it would learn.",
        headings.SOFTMAX,
        patches=(("torch.exp(scores - maximum)", "torch.exp(scores.detach() - maximum)"),),
    ),
)


def _scores(draw: Draw, axes: int = 2, dtype: torch.dtype = torch.float32, **options: object) -> dict:
    return call(draw.normal(*draw.sizes(axes), dtype=dtype, scale=2), **options)


def _huge(draw: Draw, sign: float) -> dict:
    """Rows far apart, each beyond what exp can hold in float32 (88): only a shift by each row's own maximum helps.

    The first row is wide, so that neither its minimum nor its mean will do. All below 2048: above it float32 rounds a
    right answer, exp(scores − logsumexp), by more than the judge allows.
    """
    rows, columns = draw.sizes(2, low=3)
    scores = draw.normal(rows, columns).round() + sign * (1000 + 130 * torch.arange(rows)).unsqueeze(1)
    scores[0, 1] += 300
    return call(scores)


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
    section=headings.SOFTMAX,
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
        Case("gradients", "gradients with an empty row", lambda draw: _with_empty_rows(draw, grad=True), public=True),
    ),
    mistakes=MISTAKES,
    pairs=(("no_maximum", "empty_nan"), ("dim_ignored", "empty_nan"), ("changed_input", "empty_nan")),
    hints=(
        "exp overflows for large scores. What can be added to all scores of a slice without changing the result?",
        "Subtract each slice's own maximum. Then ask: what happens in a slice whose maximum is −inf?",
        "In a slice of only −inf, shift by 0 instead of −inf, and divide by 1 instead of 0. Keep the axis (keepdim).",
    ),
)
