"""Exercise `bleu` of lesson 6: cases, mistakes, hints."""

from __future__ import annotations

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call, raises
from autograder.exercises.transformer import headings

_CHECK = "if len(candidates) != len(references):"
_MOST = "most |= runs(reference, n)"
_SHARED = "shared[n - 1] += (runs(candidate, n) & most).total()"
_THERE = "there[n - 1] += runs(candidate, n).total()"
_ZERO = "if min(shared) == 0:"
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


def _text(draw: Draw, length: int, size: int = 6) -> list[int]:
    return draw.integers(0, size, length).tolist()


def _noisy(draw: Draw, text: list[int], wrong: int = 2) -> list[int]:
    """The same text with a few tokens changed."""
    text = list(text)
    for _ in range(wrong):
        text[draw.integer(0, len(text))] = draw.integer(0, 6)
    return text


def _corpus(draw: Draw, count: int = 5, references: int = 1, cut: int = 0) -> dict:
    """Candidates that share most of their runs with their references; `cut`: how much shorter they are."""
    texts = [_text(draw, draw.integer(9, 15)) for _ in range(count)]
    others = [[_noisy(draw, text) + _text(draw, extra) for extra in range(references)] for text in texts]
    return call([_noisy(draw, text, 1)[: len(text) - cut] for text in texts], others)


def _words(draw: Draw) -> dict:
    words = ["the", "cat", "sat", "on", "a", "mat"]
    texts = [_text(draw, draw.integer(9, 13)) for _ in range(3)]
    spelt = [[words[token] for token in text] for text in texts]
    return call([[words[token] for token in _noisy(draw, text, 1)] for text in texts], [[text] for text in spelt])


def _repeated(draw: Draw) -> dict:
    """One token over and over, which the references have less often."""
    token = draw.integer(0, 6)
    own = [_text(draw, 4) + [token] * 5 + _text(draw, 3), [token] * 4 + _text(draw, 8)]
    return call([[token] * 12, own[0]], [own, own])


def _two_as_close(draw: Draw) -> dict:
    """Two references, one shorter and one longer by as much, in both orders."""
    text = _text(draw, 12)
    short, long = text[:-2], text + _text(draw, 2)
    return call([text, _noisy(draw, text, 1)], [[long, short], [short, long]])


def _too_short(draw: Draw) -> dict:
    """References of different lengths, the closest one a little longer than the candidate, another one far shorter."""
    texts = [_text(draw, 12) for _ in range(3)]
    references = [[text + _text(draw, 6), text + _text(draw, 2), text[:5], text + _text(draw, 4)] for text in texts]
    return call([text[:11] for text in texts], references)


def _one_without_a_run_of_four(draw: Draw) -> dict:
    """A short sentence beside longer ones: the corpus has runs of four all the same."""
    texts = [_text(draw, 10), _text(draw, 3), _text(draw, 11)]
    return call([_noisy(draw, text, 1) for text in texts], [[text] for text in texts])


def _nothing_in_common(draw: Draw) -> dict:
    return call([_text(draw, 9)], [[[token + 10 for token in _text(draw, 9)]]])


def _no_run_of_four(draw: Draw) -> dict:
    text = _text(draw, 9)
    return call([[text[0], text[1], 90, text[3], text[4], 91, text[6], text[7], 92]], [[text]])


def _counts_differ(draw: Draw) -> dict:
    count = draw.integer(4, 7)
    texts = [_text(draw, 8) for _ in range(count + 9)]
    return raises(call(texts[:count], [[text] for text in texts]), count, count + 9)


BLEU = Exercise(
    name="bleu",
    points={"values": 2.0, "references": 1.0, "length": 1.0, "errors": 1.0},
    section=headings.BLEU,
    cases=(
        Case("values", "one reference each", _corpus, public=True),
        Case("values", "words", _words),
        Case("values", "a candidate that repeats itself", _repeated, public=True),
        Case("values", "a sentence without a run of four", _one_without_a_run_of_four, public=True),
        Case("values", "no run of four in common", _no_run_of_four, public=True),
        Case("values", "nothing in common", _nothing_in_common),
        Case("values", "the reference itself", lambda draw: call([_text(draw, 9)] * 2, [[_text(draw, 9)]] * 2)),
        Case("references", "three references each", lambda draw: _corpus(draw, references=3), public=True),
        Case("length", "candidates that are too short", lambda draw: _corpus(draw, cut=4), public=True),
        Case("length", "references of several lengths", _too_short, public=True),
        Case("length", "two references as close", _two_as_close, public=True),
        Case("errors", "another number of references", _counts_differ, public=True),
    ),
    mistakes=MISTAKES,
    hints=(
        "Count runs with a Counter of tuples. Which operation of two Counters takes the smaller count of both?",
        "For one n: the candidate's counts, and for each run the largest count of a single reference. Add up over all "
        "candidates before you divide.",
        "& of two Counters takes the smaller counts, | the larger ones. Then the four precisions, their geometric "
        "mean, and the penalty from the two total lengths.",
    ),
)
