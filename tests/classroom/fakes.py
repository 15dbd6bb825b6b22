"""Judges that cost nothing, and classes for them. For the tests beside it; workers import it by its name."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path

from autograder.classroom.layout import Classroom
from autograder.classroom.worker import Task
from autograder.exercises import get

LESSON = "01_attention"
CRASHES, FAILS, COUNT = "crash", "fail", "AUTOGRADER_TEST_COUNT"


def fake_page(task: Task) -> bytes | None:
    """A page that follows from the content alone."""
    return task.work.content


def fake_judge(task: Task) -> dict:
    """A verdict that follows from the content alone. `crash` kills its worker, `fail` raises."""
    work = task.work
    if COUNT in os.environ:  # a line for every call, to count them across processes
        with open(os.environ[COUNT], "a", encoding="utf-8") as file:
            file.write(f"{work.student} {work.lesson}\n")
    if work.student == CRASHES:
        os._exit(1)
    if work.student == FAILS:
        raise OSError("the machine has no memory left")
    verdict = verdict_for(work.student, work.lesson, work.hash)
    status = "unreadable" if work.content is None else "graded"
    return verdict | {"status": status, "message": work.problem or ""}


def endless_judge(task: Task) -> dict:
    """Says that it has begun, and never ends."""
    with open(os.environ[COUNT], "a", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n")
    time.sleep(3600)
    raise AssertionError(task)


def verdict_for(student: str, lesson: str, digest: str, share: float | None = None) -> dict:
    """A sound verdict; the scores are drawn from the digest unless `share` says which part of the points is earned."""
    exercises = []
    for number, exercise in enumerate(get(lesson)):
        drawn = int(hashlib.sha256(f"{digest}{number}".encode()).hexdigest(), 16) % 5 / 4 if share is None else share
        score = exercise.max_score * drawn
        kind = "correct" if drawn == 1 else "partial"
        part = {"verdict": kind, "score": score, "max_score": exercise.max_score, "mistake": None, "message": "so"}
        exercises.append({"name": exercise.name, **part, "review": []})
    return {
        "student": student,
        "lesson": lesson,
        "status": "graded",
        "score": sum(exercise["score"] for exercise in exercises),
        "max_score": sum(exercise["max_score"] for exercise in exercises),
        "seconds": 0.1,
        "message": "",
        "exercises": exercises,
        "hash": digest,
        "judge": "test",
    }


def write_class(folder: Path, students: list[str], lesson: str = LESSON) -> Classroom:
    """A classroom whose notebooks differ from each other, and are no notebooks."""
    room = Classroom(folder)
    for student in students:
        path = room.submission(student, lesson)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"cells": [], "of": student}))
    return room


def verdict_bytes(room: Classroom) -> dict[str, bytes]:
    return {str(path.relative_to(room.root)): path.read_bytes() for path in (room.root / "verdicts").rglob("*.json")}


class AtOnce(Executor):
    """An executor that works where it stands: no processes, no threads."""

    def submit(self, work: Callable, /, *args: object, **kwargs: object) -> Future:
        future: Future = Future()
        try:
            future.set_result(work(*args, **kwargs))
        except Exception as fault:  # noqa: BLE001 - what an executor does with any exception of a job
            future.set_exception(fault)
        return future


@contextlib.contextmanager
def nested(place: Path, levels: int) -> Iterator[int]:
    """Folders inside one another in a place, so many that Python's own ways cannot take them away again; gives the
    innermost as a descriptor."""
    at = os.open(place, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("a", dir_fd=at)
        at = os.open("a", os.O_RDONLY, dir_fd=(above := at))
        os.close(above)
    try:
        yield at
    finally:
        os.close(at)
        subprocess.run(["rm", "-rf", place], check=True)
