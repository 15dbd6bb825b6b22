"""Exercise `top_k_filter` of lesson 5: cases, mistakes, hints. `probabilities` serves `nucleus` too."""

from __future__ import annotations

import torch

from autograder.exercises.decoder import headings
from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call, raises

_ORDER = "order = probabilities.argsort(dim=-1, descending=True, stable=True)"
_KEPT = "kept = probabilities.scatter(-1, order[:, k:], 0.0)"
_RETURN = "return kept / kept.sum(dim=-1, keepdim=True)"
_CHECK = "if k < 1:"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.CHOOSE, patches=patches)


MISTAKES = (
    _mistake(
        "not_normalised",
        "The probabilities that are kept no longer add up to 1.",
        "What was cut off is missing from the sum: divide each row by what is left of it.",
        (_RETURN, "return kept"),
    ),
    _mistake(
        "normalised_over_all",
        "All rows together are divided by one sum.",
        "Each row is a distribution of its own.",
        (_RETURN, "return kept / kept.sum()"),
    ),
    _mistake(
        "softmax_again",
        "The kept probabilities go through a softmax.",
        "They are probabilities already: a softmax changes their proportions. Divide by their sum instead.",
        (_RETURN, "return attention.stable_softmax(kept.masked_fill(kept == 0, -math.inf))"),
    ),
    _mistake(
        "softmax_of_zeros",
        "The result goes through a softmax, in which a 0 counts as well.",
        "exp(0) is 1: tokens that were cut off come back. Divide by the sum instead.",
        (_RETURN, "return attention.stable_softmax(kept)"),
    ),
    _mistake(
        "ties_kept",
        "Of equally probable tokens all are kept, so that there are more than k.",
        "A comparison with the k-th probability lets all its equals in. The smaller number decides.",
        (_ORDER, "order = probabilities.sort(dim=-1, descending=True).values[:, min(k, probabilities.shape[1]) - 1]"),
        (_KEPT, "kept = probabilities.masked_fill(probabilities < order.unsqueeze(1), 0.0)"),
    ),
    _mistake(
        "ties_dropped",
        "Of tokens as probable as the first that is cut off, none is kept.",
        "A comparison with the next probability shuts all its equals out. The smaller number decides.",
        (_ORDER, "order = F.pad(probabilities.sort(dim=-1, descending=True).values, (0, 1), value=-1.0)"),
        (
            _KEPT,
            "edge = order[:, min(k, probabilities.shape[1])]\n"
            "    kept = probabilities.masked_fill(probabilities <= edge.unsqueeze(1), 0.0)",
        ),
    ),
    _mistake(
        "ties_to_the_larger",
        "Of equally probable tokens the one with the larger number is kept.",
        "The smaller number decides, so that the result does not depend on chance.",
        (_ORDER, "order = probabilities.shape[1] - 1 - probabilities.flip(-1).argsort(descending=True, stable=True)"),
    ),
    _mistake(
        "least_probable",
        "The least probable tokens are kept.",
        "The order is the wrong way round.",
        (_ORDER, "order = probabilities.argsort(dim=-1, stable=True)"),
    ),
    _mistake(
        "one_too_few",
        "One token too few is kept.",
        "With k = 1 one token is left.",
        (_KEPT, "kept = probabilities.scatter(-1, order[:, k - 1 :], 0.0)"),
    ),
    _mistake(
        "one_too_many",
        "One token too many is kept.",
        "With k = 1 only the most probable token is left.",
        (_KEPT, "kept = probabilities.scatter(-1, order[:, k + 1 :], 0.0)"),
    ),
    _mistake(
        "top_dropped",
        "The k most probable tokens are cut off instead of kept.",
        "The other ones have to go.",
        (_KEPT, "kept = probabilities.scatter(-1, order[:, :k], 0.0)"),
    ),
    _mistake(
        "first_tokens",
        "The first k tokens of the vocabulary are kept, whatever their probability.",
        "Which tokens are the most probable differs from row to row.",
        (_ORDER, "order = torch.arange(probabilities.shape[1]).expand_as(probabilities)"),
    ),
    _mistake(
        "first_row_decides",
        "All rows keep the tokens of the first one.",
        "Each row has its own most probable tokens.",
        (_KEPT, "kept = probabilities.scatter(-1, order[:1].expand_as(order)[:, k:], 0.0)"),
    ),
    _mistake(
        "sorted",
        "The probabilities come back in order of size, not in their places.",
        "The place of a probability says which token it belongs to.",
        (_KEPT, "kept = probabilities.gather(-1, order)\n    kept[:, k:] = 0.0"),
    ),
    _mistake(
        "only_k_columns",
        "The result has only k columns.",
        "It is a distribution over the whole vocabulary, with zeros in it.",
        (_KEPT, "kept = probabilities.gather(-1, order)[:, :k]"),
    ),
    _mistake(
        "uniform",
        "All tokens that are kept get the same probability.",
        "They stay in proportion to each other.",
        (_RETURN, "return (kept > 0) / (kept > 0).sum(dim=-1, keepdim=True).to(kept.dtype)"),
    ),
    _mistake(
        "unchecked",
        "k is not checked.",
        "With k < 1 nothing is left to choose from: it must be a ValueError.",
        (_CHECK, "if False:"),
    ),
    _mistake(
        "changed_input",
        "The caller's probabilities are overwritten.",
        "The caller may still need them: work on a copy.",
        (_KEPT, "kept = probabilities.scatter_(-1, order[:, k:], 0.0)"),
    ),
)


def probabilities(
    draw: Draw, batch: int = 0, vocabulary: int = 0, dtype: torch.dtype = torch.float32, scale: float = 1.0
) -> torch.Tensor:
    """Distributions (batch, vocabulary) whose sizes differ."""
    drawn = draw.sizes(2, low=3, high=8)
    logits = draw.normal(batch or drawn[0], vocabulary or drawn[1] + 6, dtype=torch.float64, scale=scale)
    return torch.softmax(logits, dim=-1).to(dtype)


def with_ties(draw: Draw, shares: tuple[float, ...]) -> torch.Tensor:
    """Rows that hold these shares, each in another order."""
    row = torch.tensor(shares)
    return torch.stack([row[draw.sizes(len(row), low=0, high=len(row) - 1)] for _ in range(5)])


def _filtered(draw: Draw, k: int = 3, **options: int) -> dict:
    return call(probabilities(draw, **options), k)


def _negative(draw: Draw) -> dict:
    k = draw.integer(11, 100)
    return raises(_filtered(draw, -k), k)


# Two equal ones at the edge of k = 2, then three at the edge of k = 3
TIES = (0.25, 0.125, 0.125, 0.5)
MORE_TIES = (0.0625, 0.25, 0.125, 0.125, 0.125, 0.3125)

TOP_K_FILTER = Exercise(
    name="top_k_filter",
    points={"values": 2.0, "ties": 1.0, "edges": 1.0},
    section=headings.CHOOSE,
    cases=(
        Case("values", "a batch", _filtered, public=True),
        Case("values", "another k", lambda draw: _filtered(draw, draw.integer(4, 8))),
        Case("values", "float64", lambda draw: _filtered(draw, 4, dtype=torch.float64)),
        Case("values", "one sure row", lambda draw: _filtered(draw, 4, scale=6.0)),
        Case("values", "probabilities in another memory order", lambda d: call(probabilities(d), 3, strided=True)),
        Case("ties", "equal probabilities", lambda draw: call(with_ties(draw, MORE_TIES), 3), public=True),
        Case("ties", "two equal ones", lambda draw: call(with_ties(draw, TIES), 3)),
        Case("ties", "all equal", lambda draw: call(torch.full((3, 8), 0.125), draw.integer(2, 6))),
        Case("edges", "k = 1", lambda draw: _filtered(draw, 1), public=True),
        Case("edges", "k is the vocabulary's size", lambda draw: _filtered(draw, 9, vocabulary=9), public=True),
        Case("edges", "k is larger than the vocabulary", lambda draw: _filtered(draw, 30), public=True),
        Case("edges", "a batch of one", lambda draw: _filtered(draw, batch=1)),
        Case("edges", "k = 0", lambda draw: raises(_filtered(draw, 0), 0), public=True),
        Case("edges", "a negative k", _negative),
    ),
    mistakes=MISTAKES,
    hints=(
        "Put each row in order of size, but remember where every probability came from.",
        "Sorting by size gives the places of the tokens in order; a sort can be told to leave equal ones in order. "
        "All places behind the k-th are set to 0.",
        "argsort with descending=True and stable=True, scatter zeros into a copy at the places from k on, then divide "
        "each row by its sum.",
    ),
)
