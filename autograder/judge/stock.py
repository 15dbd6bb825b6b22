"""Grades an exercise inside the student's own kernel: what the hidden test region of a notebook calls.

This is the way of stock nbgrader, with the plug-ins of this repository switched off. It sees the same cases, but it
can be fooled like every test that shares a process with what it tests; `autograder grade` is the way that cannot.
"""

from __future__ import annotations

import importlib

from coach import harness
from coach.compare import differences
from coach.copies import folded
from coach.course import LESSONS

from autograder.exercises import find
from autograder.exercises.requests import prepare
from autograder.judge.diagnose import explain
from autograder.judge.score import Outcome, verdict_of

SECRET = b"stock nbgrader"  # no secret at all: the code that draws the cases is in the same process


def grade(name: str, target: object) -> float:
    """The score of `target` as exercise `name`, for nbgrader's partial credit; prints what is wrong, if anything."""
    lesson, exercise = find(name)
    stand_ins = importlib.import_module(f"coach.standins.{LESSONS[lesson]}")
    namespace = {other: getattr(stand_ins, other) for other in stand_ins.__all__} | {name: target}
    outcomes = []
    for case in exercise.cases:
        request, expected = prepare(exercise, case, SECRET, "stock")
        reply = folded(request, harness.run(request, namespace))
        expects_error = any("raised" in step for step in expected["steps"])
        outcomes.append(Outcome(case, request, tuple(differences(reply, expected)), reply, expects_error))
    verdict = verdict_of(exercise, outcomes, explain(exercise, outcomes), {})
    if verdict.score < verdict.max_score:
        print(verdict.message)
    return verdict.score
