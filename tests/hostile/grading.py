"""Judges the gallery as a class is judged, with shorter limits. Worker processes import it by its name."""

from __future__ import annotations

import dataclasses
import functools
import json
from multiprocessing.util import Finalize

from autograder.classroom.show import show
from autograder.classroom.worker import Task
from autograder.judge.collect import Unreadable
from autograder.judge.run import judge_bytes, read_grafted, unreadable
from autograder.kernels import Limits, WarmKernels

# Long enough for any honest answer on a busy machine, short enough for a gallery full of endless loops
LIMITS = dataclasses.replace(Limits(), call_s=2.0, cell_s=2.0, notebook_s=12.0, grace_s=0.2)


@functools.cache
def kernels() -> WarmKernels:
    factory = WarmKernels(LIMITS)
    Finalize(None, factory.close, exitpriority=10)
    return factory


def page(task: Task) -> bytes | None:
    """What `autograder.classroom.worker.page` does, within LIMITS."""
    work = task.work
    try:
        if work.content is None:
            return None
        _, grafted = read_grafted(work.content, f"{work.lesson}.ipynb", work.lesson)
    except Unreadable:
        return None
    return json.dumps(show(grafted.notebook, kernels(), LIMITS), ensure_ascii=True).encode()


def most_pages(task: Task) -> bytes | None:
    """The same, but no page of those who are only after points: to lie to the judge, one need not be shown."""
    return None if any(f"-{aim}_" in task.work.student for aim in ("forge", "forbidden")) else page(task)


def no_page(task: Task) -> None:
    """For the orders in which only verdicts can differ."""


def judge(task: Task) -> dict:
    """What `autograder.classroom.worker.judge` does, within LIMITS."""
    work = task.work
    if work.content is None:
        return unreadable(work.student, work.lesson, work.problem or "").to_json()
    name = f"{work.lesson}.ipynb"
    return judge_bytes(work.content, name, work.lesson, work.student, task.secret, kernels(), LIMITS).to_json()
