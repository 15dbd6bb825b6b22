"""Exercise `nucleus_filter` of lesson 5: cases and hints. Its mistakes lie beside it."""

from __future__ import annotations

import torch

from autograder.exercises.decoder import headings, nucleus_mistakes
from autograder.exercises.decoder.top_k import probabilities, with_ties
from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, call, raises

# Halves of halves add up without rounding, so that a sum can be exactly p
HALVES = (0.0625, 0.5, 0.125, 0.25, 0.0625)
TIES = (0.125, 0.125, 0.25, 0.0625, 0.125, 0.3125)


def _filtered(draw: Draw, p: float = 0.7, **options: int) -> dict:
    return call(probabilities(draw, **options), p)


def _sure_and_unsure(draw: Draw, p: float) -> dict:
    """The first row is flat, the others are peaked: nuclei of different sizes."""
    rows = [probabilities(draw, batch=1, vocabulary=11, scale=scale) for scale in (0.3, 1.0, 2.0, 5.0)]
    return call(torch.cat(rows), p)


def _beyond(draw: Draw, sign: int) -> dict:
    """p above 1, or below 0, by two digits that can be read in a message."""
    digits = 10 * draw.integer(1, 10) + draw.integer(1, 10)
    p = (100 + digits) / 100 if sign > 0 else -digits / 100
    return raises(_filtered(draw, p), digits)


NUCLEUS_FILTER = Exercise(
    name="nucleus_filter",
    points={"values": 2.0, "ties": 1.0, "edges": 1.0},
    section=headings.CHOOSE,
    cases=(
        Case("values", "a batch", _filtered, public=True),
        Case("values", "sure and unsure rows", lambda draw: _sure_and_unsure(draw, 0.85), public=True),
        Case("values", "a small p", lambda draw: _filtered(draw, 0.3)),
        Case("values", "float64", lambda draw: _filtered(draw, 0.9, dtype=torch.float64)),
        Case("values", "probabilities in another memory order", lambda d: call(probabilities(d), 0.8, strided=True)),
        Case("ties", "a sum that is exactly p", lambda draw: call(with_ties(draw, HALVES), 0.75), public=True),
        Case("ties", "the first token is exactly p", lambda draw: call(with_ties(draw, HALVES), 0.5)),
        Case("ties", "equal probabilities", lambda draw: call(with_ties(draw, TIES), 0.625), public=True),
        Case("edges", "p = 1", lambda draw: _filtered(draw, 1.0), public=True),
        Case("edges", "a tiny p", lambda draw: _filtered(draw, 0.001), public=True),
        Case("edges", "a batch of one", lambda draw: _filtered(draw, batch=1)),
        Case("edges", "p = 0", lambda draw: raises(_filtered(draw, 0.0), 0), public=True),
        Case("edges", "p above 1", lambda draw: _beyond(draw, 1), public=True),
        Case("edges", "a negative p", lambda draw: _beyond(draw, -1)),
    ),
    mistakes=nucleus_mistakes.MISTAKES,
    hints=(
        "Go through a row by hand, from the most probable token downwards. When exactly do you stop?",
        "A token belongs to the nucleus if the tokens before it have not reached p yet. A running sum tells what they "
        "have.",
        "Sort in descending order and keep the order; running sum minus the token's own share; set to 0 where that is "
        "p or more; write the rest back to its places; divide by the sum.",
    ),
)
