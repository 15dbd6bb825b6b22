"""Judges the gallery as a class is judged, with shorter limits. Worker processes import it by its name."""

from __future__ import annotations

import dataclasses
import functools
import json
from multiprocessing.util import Finalize

from autograder.classroom.show import show
from autograder.classroom.worker import Judged, Task
from autograder.judge.run import judge_bytes, unreadable
from autograder.kernels import Limits, WarmKernels

# Long enough for any honest answer on a busy machine, short enough for a gallery full of endless loops
LIMITS = dataclasses.replace(Limits(), call_s=2.0, cell_s=2.0, notebook_s=12.0, grace_s=0.2)


@functools.cache
def kernels() -> WarmKernels:
    factory = WarmKernels(LIMITS)
    Finalize(None, factory.close, exitpriority=10)
    return factory


def judge(task: Task) -> Judged:
    """What `autograder.classroom.worker.judge` does, within LIMITS."""
    return _judge(task, shows=True)


def judge_with_most_pages(task: Task) -> Judged:
    """The same, but no page of those who are only after points: to lie to the judge, one need not be shown."""
    return _judge(task, shows=not any(f"-{aim}_" in task.work.student for aim in ("forge", "forbidden")))


def judge_only(task: Task) -> Judged:
    """The same without the *show* kernel, for the orders in which only verdicts can differ."""
    return _judge(task, shows=False)


def _judge(task: Task, shows: bool) -> Judged:
    work = task.work
    if work.content is None:
        return Judged(unreadable(work.student, work.lesson, work.problem or "").to_json(), None)
    shown: list[bytes] = []

    def before(grafted: dict) -> None:
        if shows:
            notebook = show(grafted, kernels(), LIMITS)
            shown.append(json.dumps(notebook, ensure_ascii=True).encode())

    name = f"{work.lesson}.ipynb"
    judgement = judge_bytes(work.content, name, work.lesson, work.student, task.secret, kernels(), LIMITS, before)
    return Judged(judgement.submission.to_json(), shown[0] if shown else None)
