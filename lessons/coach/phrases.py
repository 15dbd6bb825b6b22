"""Says in plain words how an answer differs. Used by check (one line) and by card (all lines). Pure."""

from __future__ import annotations

import math
import re

from coach.compare import Difference

_ORDINALS = ("first", "second", "third", "fourth", "fifth")
# What answers to many copies of an input have in common: see `copies`
OF_COPIES = {
    "output['largest']": "the largest values among many copies",
    "output['smallest']": "the smallest values among many copies",
    "output['zeros']": "the share of zeros among many copies",
    "output['like']": "the result",
    "output['rest'][0]": "the second value returned",
}
# And what is wrong about them, where it should be so; where it should not be, nothing is to be dropped at all
CHANCE = {
    "output['between']": "what is not dropped is not the same in all copies; chance decides only what is dropped",
    "output['scattered']": "most copies of an input lose the same numbers; chance decides anew for each copy",
    "output['single']": "some numbers are dropped together; chance decides for each by itself",
    "output['again']": "two calls drop the same numbers; chance decides anew in each call",
    "output['differ']": "copies of one input all get the same answer; something should be dropped",
}
NEVER = ("output['between']", "output['again']")
DROPPED = "something is dropped; nothing should be"
# A ratio this close to 1 is rounding, not a factor.
SAME = 1e-3


def place(where: str, names: dict[str, str] | None = None) -> str:
    """`where` of a Difference in words: "output[1]" → "the second value returned"."""
    for key, name in (names or {}).items():
        where = re.sub(rf"\b{re.escape(key)}$", name, where)
    if match := re.fullmatch(r"gradient of (.+)", where):
        return f"the gradient of `{match[1]}`"
    if where in OF_COPIES:
        return OF_COPIES[where]
    if where == "output":
        return "the result"
    if (match := re.fullmatch(r"output\[(\d+)\](.*)", where)) and int(match[1]) < len(_ORDINALS) and not match[2]:
        return f"the {_ORDINALS[int(match[1])]} value returned"
    if where.startswith("output"):
        return f"`{where.replace('output', 'result')}`"
    return f"`{where}`"


def sentence(difference: Difference, names: dict[str, str] | None = None) -> str:
    """One sentence for one difference."""
    d, what = difference, place(difference.where, names)
    what = what[0].upper() + what[1:]
    if "shape" in (d.kind, _inner(d)) and d.index is None and d.expected.startswith("("):
        return f"{what} has shape {d.got}; expected is {d.expected}."
    if d.kind == "type":
        missing = " Is a `return` missing?" if d.got == "None" else ""
        return f"{what} is {_article(d.got)}; expected is {_article(d.expected)}.{missing}"
    if d.kind == "dtype":
        return f"{what} has dtype {d.got}; expected is {d.expected}."
    if d.kind == "mutated":
        return f"The input {place(d.where, names)} was changed by the call; inputs must be left as they were."
    if d.kind == "no_error":
        return f"This input must be refused with {d.expected}, but the call went through."
    if d.kind == "message":
        return f"The error is of the right type, but its message does not say enough: expected is {d.expected}."
    if d.kind == "raised":
        if d.expected.startswith("a "):
            return f"This input must be refused with {d.expected}; instead came {d.got}"
        return f"Your code raised {d.got}"
    if fact := of_copies(d, what):
        return fact[0].upper() + fact[1:]
    if d.kind == "parameters":
        return f"The parameters are {d.got}; expected are {d.expected}."
    if d.kind in ("value", "nan", "gradient") and d.index is not None:
        return _values(d, what)
    return f"{what}: expected is {d.expected}, yours is {d.got}."


def of_copies(d: Difference, what: str) -> str | None:
    """A sentence that begins small, for what is true or false of the answers to many copies of an input, or of `what`,
    their gradient. None for any other difference."""
    if d.kind == "gradient" and d.expected in ("True", "False"):
        return f"{what} {'is 0, but should not be' if d.expected == 'True' else 'should be 0, but is not'}."
    if d.where in CHANCE:
        wrong = d.expected == ("False" if d.where in NEVER else "True")
        return f"{CHANCE[d.where] if wrong else DROPPED}."
    return None


def _inner(d: Difference) -> str:
    """A gradient's own kind of difference, which the comparison does not name."""
    return "shape" if d.kind == "gradient" and d.got.startswith("(") else ""


def _values(d: Difference, what: str) -> str:
    at = f"at index {_index(d.index)} " if d.index else ""
    if "nan" in d.got:
        return f"{what} contains NaN: {at}yours is {d.got}, expected is {d.expected}."
    if d.ratio is not None and abs(d.ratio - 1) > SAME:
        return f"{what} is {factor(d.ratio)} × expected, everywhere."
    tells = d.error is not None and math.isfinite(d.error) and d.expected not in ("True", "False")
    size = f"; the largest error is {d.error:.2g}" if tells else ""
    if d.got == d.expected:  # they differ behind the sixth digit
        return f"{what} is slightly off, {at}first{size}."
    return f"{what} is {'first ' if at else ''}wrong {at}(yours {d.got}, expected {d.expected}){size}."


def factor(ratio: float) -> str:
    """A ratio as a learner would write it: 2.00, 0.0123, −1.00."""
    return f"{ratio:.2f}" if abs(ratio) >= 0.1 else f"{ratio:.3g}"


def _index(index: tuple[int, ...]) -> str:
    return f"[{', '.join(map(str, index))}]"


def _article(name: str) -> str:
    if name == "None" or name.startswith(("a ", "an ", "the ")):
        return name
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"
