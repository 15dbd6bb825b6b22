"""One page or one judgement, as a worker process makes it. The only place where the classroom calls the judge.

Everything a worker needs travels in the task, so that it may run on another machine: no path, no open file.
"""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass, field
from multiprocessing.util import Finalize
from pathlib import Path

import coach

import autograder
from autograder.classroom.layout import Work
from autograder.classroom.pool import timed
from autograder.course import released_path

HASH_DIGITS = 16  # enough to tell versions apart, short enough to read


@dataclass(frozen=True)
class Task:
    """One work to be judged; secret: the key of the hidden inputs; pictures: see `show`."""

    work: Work
    secret: bytes = field(repr=False)  # a scheduler logs the arguments of what has failed
    pictures: bool = False


def page(task: Task) -> bytes | None:
    """The sanitised notebook with outputs; None if the work cannot be read. Raises SandboxMissing as `judge` does."""
    from autograder.classroom.show import show
    from autograder.judge.collect import Unreadable
    from autograder.judge.run import read_grafted
    from autograder.kernels import Limits

    _prepare_process()
    work = task.work
    with timed():
        if work.content is None:
            return None
        try:
            _, grafted = read_grafted(work.content, f"{work.lesson}.ipynb", work.lesson)
        except Unreadable:  # the verdict will say so
            return None
        notebook = show(grafted.notebook, kernels(), Limits(), task.pictures)
        return json.dumps(notebook, indent=1, ensure_ascii=True).encode()


def judge(task: Task) -> dict:
    """The verdict (DESIGN §7) on one work. Raises SandboxMissing where student code cannot be locked up."""
    from autograder.judge.run import judge_bytes, unreadable
    from autograder.kernels import Limits

    _prepare_process()
    work = task.work
    with timed():
        if work.content is None:
            return unreadable(work.student, work.lesson, work.problem or "").to_json()
        # What is judged is what was hashed, whatever happens to the file
        name = f"{work.lesson}.ipynb"
        return judge_bytes(work.content, name, work.lesson, work.student, task.secret, kernels(), Limits()).to_json()


def _prepare_process() -> None:
    """Here, and not when a worker starts: those of a scheduler are started by others."""
    import torch

    from autograder.judge.collect import silence_sources

    torch.set_num_threads(1)  # there is a worker for each core already: threads of theirs would wait for one another
    silence_sources()


@functools.cache
def kernels() -> object:
    """This process's kernels: a warm parent is started once and forks a kernel for each notebook."""
    from autograder.kernels import Limits, WarmKernels

    factory = WarmKernels(Limits())
    Finalize(None, factory.close, exitpriority=10)  # workers of a pool leave without running atexit
    return factory


@functools.cache
def judge_version(lesson: str) -> str:
    """Changes when anything does that a verdict or what is shown with it rests on.

    That is judge, exercises, reference, harness, released notebook, and what makes outputs harmless.
    """
    digest = hashlib.sha256()
    home = Path(autograder.__file__).parent
    files = [path for part in ("judge", "exercises", "reference", "kernels") for path in (home / part).rglob("*.py")]
    files += [home / "classroom" / name for name in ("sanitise.py", "show.py")]
    files += Path(coach.__file__).parent.rglob("*.py")
    for path in [*sorted(files), released_path(lesson)]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:HASH_DIGITS]
