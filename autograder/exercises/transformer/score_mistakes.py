"""What goes wrong in `bleu`; used by score.py."""

from __future__ import annotations

from autograder.exercises.model import Mistake
from autograder.exercises.transformer import headings

_CHECK = "if len(candidates) != len(references):"
_MOST = "most |= runs(reference, n)"
_SHARED = "shared[n - 1] += (runs(candidate, n) & most).total()"
_THERE = "there[n - 1] += runs(candidate, n).total()"
_ZERO = "if min(shared) == 0:"
_RUN = "tuple(tokens[i : i + n])"
_CLOSEST = "r += min((abs(len(reference) - len(candidate)), len(reference)) for reference in own)[1]"
_PRECISION = "precision = math.exp(sum(math.log(s / t) for s, t in zip(shared, there, strict=True)) / 4)"
_RETURN = "return 100 * min(1.0, math.exp(1 - r / c)) * precision"
_RANGE = "for n in range(1, 5):"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.BLEU, patches=patches)


MISTAKES = (
    _mistake(
        "not_clipped",
        "A run counts as often as the candidate repeats it.",
        '"the the the the" would be a perfect translation of everything with a "the" in it.',
        (_SHARED, "shared[n - 1] += sum(count for run, count in runs(candidate, n).items() if run in most)"),
    ),
    _mistake(
        "runs_joined",
        "The tokens of a run are written one behind the other, without anything between them.",
        "1, 11 and 11, 1 then look the same: count tuples.",
        (_RUN, '"".join(map(str, tokens[i : i + n]))'),
    ),
    _mistake(
        "references_added_up",
        "The counts of all references are added up.",
        "A run counts at most as often as one single reference has it.",
        (_MOST, "most += runs(reference, n)"),
    ),
    _mistake(
        "first_reference_only",
        "Only the first reference is looked at.",
        "A run may stand in any of them.",
        (_MOST, "most |= runs(own[0], n)"),
    ),
    _mistake(
        "no_brevity_penalty",
        "There is no brevity penalty.",
        "Whoever writes only what is certain would score best.",
        (_RETURN, "return 100 * precision"),
    ),
    _mistake(
        "penalty_for_length_too",
        "Candidates that are too long are rewarded by the brevity penalty.",
        "It is at most 1: too long texts already lose precision.",
        (_RETURN, "return 100 * math.exp(1 - r / c) * precision"),
    ),
    _mistake(
        "penalty_is_a_ratio",
        "The brevity penalty is c / r.",
        "It is e^(1 − r / c), which falls faster.",
        (_RETURN, "return 100 * min(1.0, c / r) * precision"),
    ),
    _mistake(
        "shortest_reference",
        "The shortest reference counts for the length.",
        "The one closest in length counts.",
        (_CLOSEST, "r += min(len(reference) for reference in own)"),
    ),
    _mistake(
        "longest_of_equally_close",
        "Of two references that are equally close in length, the longer one counts.",
        "The shorter one counts.",
        (_CLOSEST, "r += -min((abs(len(reference) - len(candidate)), -len(reference)) for reference in own)[1]"),
    ),
    _mistake(
        "first_reference_for_length",
        "The first reference counts for the length.",
        "The one closest in length counts.",
        (_CLOSEST, "r += len(own[0])"),
    ),
    _mistake(
        "mean_of_sentences",
        "Each candidate gets a score of its own, and their mean is returned.",
        "BLEU counts over the whole corpus: one sentence without a run of four would cost a 0.",
        (
            _CHECK,
            "if len(candidates) == len(references) > 1:\n        return sum(bleu([c], [r]) for c, r in "
            "zip(candidates, references)) / len(candidates)\n    " + _CHECK,
        ),
    ),
    _mistake(
        "mean_of_precisions",
        "The plain mean of the four precisions is taken.",
        "The geometric mean: a precision of 0 makes the whole 0.",
        (_PRECISION, "precision = sum(s / t for s, t in zip(shared, there, strict=True)) / 4"),
    ),
    _mistake(
        "up_to_three",
        "Runs of four are left out.",
        "BLEU-4 counts runs of one to four tokens.",
        (_RANGE, "for n in range(1, 4):"),
        ("shared, there = [0] * 4, [0] * 4", "shared, there = [0] * 3, [0] * 3"),
        (_PRECISION, _PRECISION.replace("/ 4)", "/ 3)")),
    ),
    _mistake(
        "up_to_one",
        "Only single tokens are counted.",
        "BLEU-4 counts runs of one to four tokens, so that order matters.",
        (_RANGE, "for n in range(1, 2):"),
        ("shared, there = [0] * 4, [0] * 4", "shared, there = [0], [0]"),
        (_PRECISION, _PRECISION.replace("/ 4)", "/ 1)")),
    ),
    _mistake(
        "recall",
        "The shared runs are divided by the runs of the first reference.",
        "Precision divides by the runs of the candidate.",
        (_THERE, "there[n - 1] += runs(own[0], n).total()"),
    ),
    _mistake(
        "not_times_100",
        "The score lies between 0 and 1.",
        "It is asked for from 0 to 100, as papers report it.",
        (_RETURN, "return min(1.0, math.exp(1 - r / c)) * precision"),
    ),
    _mistake(
        "smoothed",
        "A precision of 0 is replaced by a small number.",
        "That is a smoothed BLEU; here the score is 0 then.",
        (_ZERO, "if sum(shared) == 0:"),
        (_PRECISION, _PRECISION.replace("math.log(s / t)", "math.log(max(s, 0.5) / max(t, 1))")),
    ),
    _mistake(
        "unchecked",
        "A different number of references is not refused.",
        "Say so with a ValueError and both numbers: otherwise some candidates would be left out in silence.",
        (_CHECK, "if False:"),
    ),
)
