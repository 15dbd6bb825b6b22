"""One master, five products (DESIGN §2): `autograder build [LESSON…] [--check]`.

`command` is what the command line calls; `build` does it and is what the tests call.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from autograder.build import inquire
from autograder.build.files import write
from autograder.build.manifest import Manifest
from autograder.build.master import BuildError, Master, read
from autograder.build.products import Step, later_steps, reference_step
from autograder.course import LESSONS, ROOT, check_lesson, master

__all__ = ["BuildError", "build", "command"]

DONE, STALE, WRONG_USE = 0, 1, 2  # exit codes, as everywhere in `autograder`


def build(lessons: list[str] | None = None, check: bool = False, tell: Callable[[str], None] = print) -> list[str]:
    """The products that were out of date, by path; unless `check`, they are now made.

    `lessons`: which; None or empty for all. `tell` hears of each product before it is made.
    Raises BuildError with one sentence for a master that cannot be built, ValueError for an unknown lesson.
    """
    masters = [read(master(check_lesson(lesson))) for lesson in (lessons or LESSONS)]
    references = [reference_step(each) for each in masters]
    stale = []
    for each, reference in zip(masters, references, strict=True):
        stale += _bring_up(each, reference, check, tell)
    try:
        points = inquire.points([each.lesson for each in masters])
    except BuildError:
        if check and stale:
            return stale  # the exercises cannot be asked before the reference is made
        raise
    for each, reference in zip(masters, references, strict=True):
        for step in later_steps(each, reference, points[each.lesson]):
            stale += _bring_up(each, step, check, tell)
    return stale


def _bring_up(each: Master, step: Step, check: bool, tell: Callable[[str], None]) -> list[str]:
    manifest = Manifest(each.lesson, ROOT)
    stale = [path for path in step.paths if not manifest.fresh(path, step.made_from)]
    names = [path.relative_to(ROOT).as_posix() for path in stale]
    if stale and not check:
        for name in names:
            tell(f"making {name}")
        for path, data in zip(step.paths, step.make(), strict=True):
            write(Path(path), data)
            manifest.record(path, step.made_from)
    return names


def command(lessons: list[str] | None, check: bool) -> int:
    """Builds or checks, says what was done, and returns the exit code."""
    try:
        stale = build(lessons, check)
    except ValueError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except BuildError as error:
        print(error, file=sys.stderr)
        return STALE
    if not stale:
        print("All products are up to date.")
        return DONE
    if not check:
        print(f"Built {len(stale)} product{'s' * (len(stale) > 1)}.")
        return DONE
    print("Out of date, run `autograder build`:")
    for name in stale:
        print(f"  {name}")
    return STALE
