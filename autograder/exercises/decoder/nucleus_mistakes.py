"""Mistakes of `nucleus_filter`. Used by `nucleus`."""

from __future__ import annotations

from autograder.exercises.decoder import headings
from autograder.exercises.model import Mistake

_SORT = "ranked, order = probabilities.sort(dim=-1, descending=True, stable=True)"
_BEFORE = "before = ranked.cumsum(dim=-1) - ranked"
_KEPT = "kept = probabilities.scatter(-1, order, ranked.masked_fill(before >= p, 0.0))"
_RETURN = "return kept / kept.sum(dim=-1, keepdim=True)"
_CHECK = "if not 0 < p <= 1:"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.CHOOSE, patches=patches)


MISTAKES = (
    _mistake(
        "crossing_token_dropped",
        "The token with which the sum reaches p is cut off.",
        "It belongs to the nucleus. Without it the sum stays below p, and a sure first token leaves nothing at all.",
        (_BEFORE, "before = ranked.cumsum(dim=-1)"),
        (_KEPT, _KEPT.replace("before >= p", "before > p")),
    ),
    _mistake(
        "crossing_token_dropped_but_the_first",
        "The token with which the sum reaches p is cut off; only the very first one is always kept.",
        "It belongs to the nucleus: without it the sum stays below p.",
        (_BEFORE, "before = ranked.cumsum(dim=-1)\n    before[:, 0] = 0.0"),
        (_KEPT, _KEPT.replace("before >= p", "before > p")),
    ),
    _mistake(
        "one_more",
        "One token more than needed is kept.",
        "The nucleus ends with the token that reaches p.",
        (_BEFORE, "before = F.pad(ranked.cumsum(dim=-1) - ranked, (1, 0))[:, :-1]"),
    ),
    _mistake(
        "exact_sum_goes_on",
        "When the sum is exactly p, one more token is kept.",
        "The fewest tokens that add up to p or more: p itself is enough.",
        (_KEPT, _KEPT.replace("before >= p", "before > p")),
    ),
    _mistake(
        "not_normalised",
        "The probabilities that are kept no longer add up to 1.",
        "What was cut off is missing from the sum: divide each row by what is left of it.",
        (_RETURN, "return kept"),
    ),
    _mistake(
        "divided_by_p",
        "What is kept is divided by p.",
        "The nucleus usually adds up to more than p: divide by what it really adds up to.",
        (_RETURN, "return kept / p"),
    ),
    _mistake(
        "softmax_again",
        "The kept probabilities go through a softmax.",
        "They are probabilities already: a softmax changes their proportions. Divide by their sum instead.",
        (_RETURN, "return attention.stable_softmax(kept.masked_fill(kept == 0, -math.inf))"),
    ),
    _mistake(
        "threshold_on_each",
        "Tokens are kept whose own probability is at least p.",
        "It is the sum of the most probable tokens that has to reach p, not each one.",
        (_KEPT, "kept = probabilities.masked_fill(probabilities < p, 0.0)"),
    ),
    _mistake(
        "threshold_on_the_rest",
        "Tokens are kept whose own probability is at least 1 − p.",
        "It is the sum of the most probable tokens that has to reach p.",
        (_KEPT, "kept = probabilities.masked_fill(probabilities < 1 - p, 0.0)"),
    ),
    _mistake(
        "least_probable_first",
        "The nucleus is filled from the least probable token upwards.",
        "The fewest tokens are found from the most probable one downwards.",
        (_SORT, _SORT.replace("descending=True, ", "")),
    ),
    _mistake(
        "unsorted",
        "The nucleus is filled in the order of the vocabulary.",
        "The most probable token comes first, wherever it stands.",
        (_SORT, "ranked, order = probabilities, torch.arange(probabilities.shape[1]).expand_as(probabilities)"),
    ),
    _mistake(
        "sorted",
        "The probabilities come back in order of size, not in their places.",
        "The place of a probability says which token it belongs to.",
        (_KEPT, "kept = ranked.masked_fill(before >= p, 0.0)"),
    ),
    _mistake(
        "gathered_instead_of_scattered",
        "The probabilities come back in wrong places.",
        "`order` says where each ranked token came from, so its values have to be written there, not read there.",
        (_KEPT, "kept = ranked.masked_fill(before >= p, 0.0).gather(-1, order)"),
    ),
    _mistake(
        "first_row_decides",
        "All rows keep the tokens of the first one.",
        "Each row has its own nucleus.",
        (
            _KEPT,
            "chosen = torch.zeros_like(probabilities).scatter(-1, order, (before < p).to(ranked.dtype))[:1]\n"
            "    kept = probabilities * chosen",
        ),
    ),
    _mistake(
        "first_row_counts",
        "All rows keep as many tokens as the first one.",
        "A sure row needs few tokens to reach p, an unsure one many.",
        (_KEPT, _KEPT.replace("before >= p", "(before >= p)[:1]")),
    ),
    _mistake(
        "ties_to_the_larger",
        "Of equally probable tokens the one with the larger number comes first.",
        "The smaller number comes first, so that the result does not depend on chance.",
        (
            _SORT,
            "ranked, order = probabilities.flip(-1).sort(dim=-1, descending=True, stable=True)\n"
            "    order = probabilities.shape[1] - 1 - order",
        ),
    ),
    _mistake(
        "ties_kept",
        "All tokens as probable as the last of the nucleus are kept too.",
        "The fewest tokens are asked for; of equal ones the smaller number comes first.",
        (
            _KEPT,
            "least = ranked.masked_fill(before >= p, 2.0).amin(dim=-1, keepdim=True)\n"
            "    kept = probabilities.masked_fill(probabilities < least, 0.0)",
        ),
    ),
    _mistake(
        "cut_at_1_minus_p",
        "The most probable tokens are kept until 1 − p is reached, not p.",
        "p is the share that stays, not the share that goes.",
        (_KEPT, _KEPT.replace("before >= p", "before >= 1 - p")),
    ),
    _mistake(
        "p_1_refused",
        "p = 1 is refused.",
        "It keeps everything, and is allowed.",
        (_CHECK, "if not 0 < p < 1:"),
    ),
    _mistake(
        "unchecked",
        "p is not checked.",
        "p must be greater than 0 and at most 1; anything else must be a ValueError.",
        (_CHECK, "if False:"),
    ),
    _mistake(
        "changed_input",
        "The caller's probabilities are overwritten.",
        "The caller may still need them: work on a copy.",
        (_KEPT, "kept = probabilities.scatter_(-1, order, ranked.masked_fill(before >= p, 0.0))"),
    ),
)
