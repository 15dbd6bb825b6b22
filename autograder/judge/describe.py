"""Says what differs in a hidden case, without letting anything of a hidden input through. Pure.

A student's code could return an encoding of its inputs, so values, messages and names of its own making are not
repeated. What is told is the kind of the difference, our own shapes, the place, and the size of the error as a power of
ten: a few bits per case.
"""

from __future__ import annotations

import math

from coach.compare import Difference
from coach.phrases import OF_COPIES, of_copies
from coach.wire import DTYPES

from autograder.judge.protocol import KNOWN_ERRORS

MAX_POWER = 9  # a program can choose the size of its error: of 600 powers of ten each would carry nine bits


def describe(case: str, difference: Difference) -> str:
    """One sentence for the student about the first difference in a case."""
    return f"In the case “{case}”: {_what(difference)}"


def _what(d: Difference) -> str:
    name = d.got.split(":")[0]
    error = name if name in KNOWN_ERRORS else "an exception of its own"
    article = "an" if error[0] in "AEIOU" else "a"
    error = error if error.startswith("an ") else f"{article} {error}"
    what = OF_COPIES.get(d.where, f"the {d.where}")
    match d.kind:
        case "raised" if d.expected == "an answer":
            return f"it raises {error} instead of answering."
        case "raised":
            return f"{d.expected} is expected, but it raises {error}."
        case "no_error":
            return f"{d.expected} is expected, but it raises nothing."
        case "message":
            return f"the error is right, but {d.expected.replace('a message', 'the message should be one')}."
        case "type":
            return f"{what} should be {d.expected}, but is of another type."
        case "shape":
            return f"the shape of {what} is wrong; it should be {d.expected}."
        case "dtype":
            got = d.got if d.got in DTYPES else "another type"
            return f"{what} should be {d.expected}, but is {got}."
        case "nan":
            return f"{what} contains NaN."
        case "mutated":
            return "an input was changed in place; work on a copy."
        case "parameters":
            return f"the parameters should be {d.expected}."
        case "unreadable":
            return "the answer could not be read."
    if fact := of_copies(d, f"the {d.where}"):
        return fact
    return f"{what} differs{_place(d)}{_size(d)}."


def _place(d: Difference) -> str:
    return f", first at {list(d.index)}" if d.index else ""


def _size(d: Difference) -> str:
    if d.error is None or d.error <= 0:
        return ""
    if not math.isfinite(d.error):
        return ", by an infinite amount"
    power = math.floor(math.log10(d.error))
    if power > MAX_POWER:
        return f", by more than 1e{MAX_POWER:+d}"
    return f", by about 1e{max(power, -MAX_POWER):+d}"
