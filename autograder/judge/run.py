"""Judges one notebook: from a file to a `Submission`. Called by `autograder check` and by the classroom's workers."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from coach import forbidden

from autograder.course import LESSONS, released
from autograder.exercises import get
from autograder.exercises.model import Exercise
from autograder.judge.collect import GRADED_COPY, Unreadable, content_hash, parse_notebook, read_bytes
from autograder.judge.examine import examine
from autograder.judge.graft import Grafted, grade_id, graft, solution_names
from autograder.judge.session import JudgeSession
from autograder.judge.verdict import ExerciseVerdict, JudgeError, Status, Submission, Verdict
from autograder.kernels import KernelFactory, KernelFailure, Limits


def judge_notebook(
    path: Path, lesson: str, student: str, secret: bytes, kernels: KernelFactory, limits: Limits | None = None
) -> Submission:
    """Judge the notebook at `path`: see `judge_bytes`. A file that cannot be read is a verdict, too."""
    try:
        data = read_bytes(path)
    except Unreadable as fault:
        return unreadable(student, lesson, str(fault))
    return judge_bytes(data, path.name, lesson, student, secret, kernels, limits)


def judge_bytes(
    data: bytes,
    name: str,
    lesson: str,
    student: str,
    secret: bytes,
    kernels: KernelFactory,
    limits: Limits | None = None,
) -> Submission:
    """Judge the content of a notebook's file of this name. Every fault of it or of its code becomes a verdict.

    Raises JudgeError for faults of the machine or of the course, which are never the student's.
    """
    try:
        ours, grafted = read_grafted(data, name, lesson)
    except Unreadable as fault:
        return unreadable(student, lesson, str(fault))
    start = time.monotonic()
    whose = drawn_for(student, content_hash(data))
    exercises = judge_sources(lesson, grafted, ours, whose, secret, kernels, limits or Limits())
    notes = " ".join(dict.fromkeys(grafted.notes))
    return Submission(student, lesson, Status.GRADED, exercises, time.monotonic() - start, notes)


def read_grafted(data: bytes, name: str, lesson: str) -> tuple[dict, Grafted]:
    """(the lesson as it was released, the same with the solutions in `data`). Raises Unreadable with one sentence."""
    theirs = parse_notebook(data, name)
    metadata = theirs.get("metadata")
    if isinstance(metadata, dict) and GRADED_COPY in metadata:
        raise Unreadable(f"{name} is the graded copy of a notebook: hand in the notebook itself.")
    ours = released(lesson)
    _check_lesson(ours, theirs, lesson)
    return ours, graft(ours, theirs)


def drawn_for(student: str, digest: str) -> str:
    """For whom hidden inputs are drawn: this student with this very file. A regrade asks the same.

    Changed work is asked something else: whatever its author may have found out of the inputs of the work before,
    by whatever channel of the machine, answers nothing now, and what little a verdict tells does not add up. The whole
    file counts, not the judged cells alone: other cells run too, and may have been made to bring what was found.
    """
    return f"{student} {digest}"


def unreadable(student: str, lesson: str, sentence: str) -> Submission:
    """The judgement of a file that is no notebook of this lesson."""
    missing = tuple(
        ExerciseVerdict(exercise.name, Verdict.MISSING, 0.0, exercise.max_score, sentence) for exercise in get(lesson)
    )
    return Submission(student, lesson, Status.UNREADABLE, missing, message=sentence)


def _check_lesson(ours: dict, theirs: dict, lesson: str) -> None:
    found = {name for name in map(grade_id, theirs["cells"]) if name is not None}
    if found & set(solution_names(ours)):
        return
    for other in LESSONS:
        if other != lesson and found & {exercise.name for exercise in get(other)}:
            raise Unreadable(f"This is the notebook of {other}, not of {lesson}: hand in the right one.")


def judge_sources(
    lesson: str, grafted: Grafted, ours: dict, whose: str, secret: bytes, kernels: KernelFactory, limits: Limits
) -> tuple[ExerciseVerdict, ...]:
    """The verdict on each exercise's source, in the lesson's order."""
    verdicts = []
    try:
        with JudgeSession(kernels, lesson, ours, limits) as session:
            for exercise in get(lesson):
                source = grafted.sources.get(exercise.name)
                before = {other.name: grafted.sources.get(other.name) or "" for other in verdicts}
                verdict = examine(exercise, source, session, whose, secret, limits, tuple(before.values()))
                verdicts.append(replace(verdict, review=(*verdict.review, *_prepared(exercise, before))))
                session.settle(exercise.name)
    except KernelFailure as fault:  # the sandbox was taken away from outside
        raise JudgeError(str(fault)) from None
    return tuple(verdicts)


def _prepared(exercise: Exercise, before: dict[str, str]) -> list[str]:
    """What earlier cells, which ran in the same kernel under other rules, could have laid ready for this exercise."""
    return [
        f"in the cell of {name}, line {finding.line}: {finding.name}"
        for name, source in before.items()
        for finding in (forbidden.find(source, exercise.forbidden) if exercise.forbidden else ())
    ]
