"""Reads a cell's source for what its exercise forbids. Pure; used by `check` and by the judge.

Two kinds of findings. *Forbidden*: the one thing that is the exercise itself, under any name that can be resolved by
reading, and the doors through which it could be reached unseen (exec, importlib, torch.ops, …). *Review*: something
that hides what it does, such as `getattr` with a computed name; a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from coach import bound
from coach.casebook import Forbidden
from coach.course import LESSONS
from coach.magics import parsed, plain_python
from coach.reader import DOOR_SENTENCE, Finding, Reader
from coach.vocabulary import GIVEN

DEEP = Finding("deeply nested code", 1, "Write the exercise in a simpler way.")


def find(source: str, forbidden: tuple[Forbidden, ...], before: Iterable[str] = ()) -> list[Finding]:
    """All findings in a cell's source, by line. What cannot be read is for a person to see, should it run.

    before: the cells that have run in the same kernel; they may have given a name another meaning.
    """
    return list(_find(source, forbidden, tuple(before)))


# Earlier cells are read again under each exercise's rules, which are often the same. A submission's readings, not a
# class's: those of a hostile cell take megabytes
@lru_cache(maxsize=32)
def _find(source: str, forbidden: tuple[Forbidden, ...], before: tuple[str, ...]) -> tuple[Finding, ...]:
    text, magics = plain_python(source)
    found = [Finding(m.name, m.line, DOOR_SENTENCE, m.review) for m in magics] if forbidden else []
    try:
        tree = parsed(text)
    except (RecursionError, MemoryError):
        return (*found, DEEP) if forbidden else ()
    except (SyntaxError, ValueError):
        unread = Finding("code that cannot be read", 1, "It is no plain Python.", review=True)
        return (*found, unread) if forbidden else ()
    # names that stand for an earlier lesson's own code: `attention`, unless the learner's cells say otherwise
    carried = set(LESSONS.values()) - bound.names_in(tree) - bound.names_left_by(before)
    modules = GIVEN | bound.modules_left_by(before) | bound.modules_in(tree)
    reader = Reader(forbidden, carried, bound.attributes_in(tree), modules)
    reader.findings += found
    try:
        reader.visit(tree)
        reader.look_at_bound(tree)
    except RecursionError:
        reader.findings.append(DEEP)
    return tuple(sorted(set(reader.findings), key=lambda f: (f.line, f.name)))
