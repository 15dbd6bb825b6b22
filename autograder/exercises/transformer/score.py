"""Exercise `bleu` of lesson 6: cases and hints. Its mistakes lie beside it."""

from __future__ import annotations

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, call, raises, refused
from autograder.exercises.transformer import headings, score_mistakes


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


def _alike(draw: Draw) -> dict:
    """Tokens that look alike in a row: 1, 11 and 11, 1 are the same digits."""
    texts = [draw.integers(1, 3, draw.integer(11, 15)).tolist() for _ in range(3)]
    others = [_noisy(draw, text, 2) for text in texts]
    written = [[[0, 1, 11, 111, 1111, 11111][token] for token in text] for text in (*texts, *others)]
    return call(written[:3], [[text] for text in written[3:]])


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


def _the_same(draw: Draw) -> dict:
    text = _text(draw, 9)
    return call([text, text], [[text], [text]])


def _nothing_in_common(draw: Draw) -> dict:
    return call([_text(draw, 9)], [[[token + 10 for token in _text(draw, 9)]]])


def _no_run_of_four(draw: Draw) -> dict:
    text = _text(draw, 9)
    return call([[text[0], text[1], 90, text[3], text[4], 91, text[6], text[7], 92]], [[text]])


def _counts_differ(draw: Draw, fault: bool = True) -> dict:
    count, other = draw.pair(fault)  # no token has such a number
    texts = [_text(draw, draw.integer(9, 15)) for _ in range(max(count, other))]
    return raises(call(texts[:count], [[text] for text in texts[:other]]), count, other, fault=fault)


BLEU = Exercise(
    name="bleu",
    points={"values": 2.0, "references": 1.0, "length": 1.0, "errors": 1.0},
    section=headings.BLEU,
    cases=(
        Case("values", "one reference each", _corpus, public=True),
        Case("values", "words", _words),
        Case("values", "tokens that look alike in a row", _alike, public=True, separates=("runs_joined",)),
        Case("values", "a candidate that repeats itself", _repeated, public=True),
        Case("values", "a sentence without a run of four", _one_without_a_run_of_four, public=True),
        Case("values", "no run of four in common", _no_run_of_four, public=True),
        Case("values", "nothing in common", _nothing_in_common),
        Case("values", "the reference itself", _the_same),
        Case("references", "three references each", lambda draw: _corpus(draw, references=3), public=True),
        Case("length", "candidates that are too short", lambda draw: _corpus(draw, cut=4), public=True),
        Case("length", "references of several lengths", _too_short, public=True),
        Case("length", "two references as close", _two_as_close, public=True),
        *refused("another number of references", _counts_differ, public=True),
    ),
    mistakes=score_mistakes.MISTAKES,
    hints=(
        "Count runs with a Counter of tuples. Which operation of two Counters takes the smaller count of both?",
        "For one n: the candidate's counts, and for each run the largest count of a single reference. Add up over all "
        "candidates before you divide.",
        "& of two Counters takes the smaller counts, | the larger ones. Then the four precisions, their geometric "
        "mean, and the penalty from the two total lengths.",
    ),
)
