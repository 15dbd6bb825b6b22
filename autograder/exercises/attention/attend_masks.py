"""Mistakes with the mask of `scaled_dot_product_attention`. Used by `attend`."""

from __future__ import annotations

from autograder.exercises.attention import headings
from autograder.exercises.model import Mistake

_FILL = "scores = torch.where(mask, scores, -math.inf)"
_WEIGHTS = "weights = stable_softmax(scores)"

MISTAKES = (
    Mistake(
        "mask_ignored",
        "The mask has no effect.",
        "`masked_fill` returns a new tensor; its result has to be kept and used.",
        headings.MASKS,
        patches=((_FILL, "scores.masked_fill(~mask, -math.inf)"),),
    ),
    Mistake(
        "mask_inverted",
        "The mask is read the wrong way round.",
        "True means “may attend”; here exactly those positions are blocked.",
        headings.MASKS,
        patches=((_FILL, "scores = scores.masked_fill(mask, -math.inf)"),),
    ),
    Mistake(
        "mask_after_softmax",
        "The mask is applied after the softmax.",
        "Then the remaining weights no longer sum to 1: block the scores before the softmax.",
        headings.MASKS,
        patches=(
            (_FILL, "pass"),
            (_WEIGHTS, "weights = stable_softmax(scores) * (1 if mask is None else mask)"),
        ),
    ),
    Mistake(
        "mask_fill_zero",
        "Blocked scores become 0: filled with 0 or a tiny number, or multiplied by the mask.",
        "exp(0) is 1, so that a blocked key still gets weight. Only −inf gives weight 0.",
        headings.MASKS,
        patches=((_FILL, "scores = scores.masked_fill(~mask, 0.0)"),),
    ),
    Mistake(
        "mask_fill_small",
        "Blocked scores are set to −10.",
        "Visible scores can be lower than that; only −inf is lower than every score.",
        headings.MASKS,
        patches=((_FILL, "scores = scores.masked_fill(~mask, -10.0)"),),
    ),
    Mistake(
        "mask_fill_minus_1",
        "Blocked scores are set to −1.",
        "Visible scores can be lower than that; only −inf is lower than every score.",
        headings.MASKS,
        patches=((_FILL, "scores = scores.masked_fill(~mask, -1.0)"),),
    ),
    Mistake(
        "mask_fill_thousands",
        "Blocked scores are set to a finite number such as −1,000 or −10,000.",
        "Visible scores can be lower than that; only −inf is lower than every score.",
        headings.MASKS,
        patches=((_FILL, "scores = scores.masked_fill(~mask, -1e4)"),),
    ),
    Mistake(
        "mask_added",
        "The bool mask is added to the scores.",
        "That adds 1 where attending is allowed and blocks nothing.",
        headings.MASKS,
        patches=((_FILL, "scores = scores + mask"),),
    ),
    Mistake(
        "mask_of_the_first_query",
        "All queries use the mask of the first one.",
        "Each row of the mask belongs to its own query.",
        headings.MASKS,
        patches=((_FILL, "scores = scores.masked_fill(~mask[..., :1, :], -math.inf)"),),
    ),
    Mistake(
        "mask_of_the_first_sequence",
        "The whole batch uses the mask of its first sequence.",
        "Each sequence has its own padding.",
        headings.MASKS,
        patches=((_FILL, "scores = scores.masked_fill(~(mask[:1] if mask.dim() > 2 else mask), -math.inf)"),),
    ),
    Mistake(
        "empty_nan",
        "A query that may attend to nothing gives NaN.",
        "Its scores are all −inf, and 0 / 0 is NaN; your stable_softmax knows what to do with such a row.",
        headings.MASKS,
        patches=((_WEIGHTS, "weights = torch.softmax(scores, dim=-1)"),),
    ),
    Mistake(
        "empty_uniform",
        "A query that may attend to nothing attends to everything equally.",
        "A finite number such as −1e9 cannot tell such a row from an ordinary one; its weights must be 0.",
        headings.MASKS,
        patches=((_FILL, "scores = scores.masked_fill(~mask, -1e9)"),),
    ),
    Mistake(
        "empty_gradient_nan",
        "The values are right, but a query that may attend to nothing gets NaN as its gradient.",
        "Repairing NaN afterwards repairs the result, not the gradient: avoid 0 / 0, as your stable_softmax does.",
        headings.MASKS,
        patches=(
            (_FILL, "scores = scores + torch.zeros_like(scores).masked_fill(~mask, -math.inf)"),
            (_WEIGHTS, "weights = torch.softmax(scores, dim=-1).nan_to_num()"),
        ),
    ),
)
