"""How long `check` takes: every exercise, right and with each of its mistakes, card and saving included.

    python benchmarks/check.py

Prints the median and the slowest; the course promises a median below 150 ms. A figure for people, not a test.
"""

from __future__ import annotations

import contextlib
import io
import linecache
import os
import statistics
import tempfile
import time

from coach import CheckFailed, check
from coach.course import LESSONS

from autograder.exercises import get
from autograder.exercises.variants import mistaken, reference, solution

PROMISED_MS = 150


def cells():
    """(lesson, exercise, cell) for every solution and every mistake."""
    for lesson in LESSONS:
        for exercise in get(lesson):
            yield lesson, exercise.name, solution(exercise.name)
            for mistake in exercise.mistakes:
                yield lesson, exercise.name, mistaken(exercise, mistake)


def seconds(lesson: str, name: str, source: str) -> float:
    namespace = dict(reference(lesson))
    file = f"<cell {hash(source)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    exec(compile(source, file, "exec"), namespace)
    start = time.perf_counter()
    with contextlib.suppress(CheckFailed), contextlib.redirect_stdout(io.StringIO()):
        check(namespace[name])
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["COACH_HOME"] = home
        times = [1000 * seconds(*cell) for cell in cells()]
    first, rest = times[0], times[1:]
    print(f"{len(times)} checks: median {statistics.median(times):.1f} ms (promised: below {PROMISED_MS} ms), ", end="")
    print(f"slowest {max(rest):.1f} ms; the first one of a session, which loads what is needed, {first:.0f} ms")


if __name__ == "__main__":
    main()
