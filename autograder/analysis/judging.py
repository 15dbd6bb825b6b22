"""The judge's own evaluation in this process, without a notebook or a kernel. Used by the kill table and the tests.

Only for code that is ours: variants of the reference, and the galleries of tests.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from coach import casebook, harness
from coach.casebook import ExerciseBook
from coach.compare import differences
from coach.copies import folded

from autograder.exercises import find
from autograder.exercises.model import Case, Exercise, Mistake
from autograder.exercises.publish import write_cases
from autograder.exercises.requests import prepare, run
from autograder.exercises.variants import namespace_of
from autograder.judge.diagnose import explain
from autograder.judge.score import Outcome, verdict_of
from autograder.judge.verdict import ExerciseVerdict

# Hidden inputs differ from student to student: one lucky draw must not hide that a case is blind
SECRETS = tuple(f"draw {number}".encode() for number in range(5))


@dataclass
class Bench:
    """The cases of one exercise, drawn once for one secret, and every mistake's answers to them."""

    exercise: Exercise
    secret: bytes
    prepared: list[tuple[Case, dict, dict]] = field(default_factory=list)
    answers: dict[tuple[str, int], dict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.prepared = [(case, *prepare(self.exercise, case, self.secret, "s")) for case in self.exercise.cases]

    def outcomes(self, namespace: dict, watched: bool = False) -> list[Outcome]:
        """The outcome of every case; `watched` as for a student, whose use of forbidden names is noticed."""

        def answer(request: dict) -> dict:
            return folded(request, harness.run(request, namespace)) if watched else run(request, namespace)

        return [outcome_of(case, request, right, answer(request)) for case, request, right in self.prepared]

    def outcomes_of(self, mistake: Mistake) -> list[Outcome]:
        """The outcomes of one of the exercise's own mistakes."""
        asked = self.prepared
        return [outcome_of(case, request, right, self._answer(mistake, request)) for case, request, right in asked]

    def judged(self, outcomes: list[Outcome]) -> tuple[ExerciseVerdict, list[str]]:
        """The verdict, and the names of the mistakes that explain the answers."""
        names = explain(self.exercise, outcomes, self._answer)
        return verdict_of(self.exercise, outcomes, names, {}), names

    def _answer(self, mistake: Mistake, request: dict) -> dict:
        key = (mistake.name, id(request))
        if key not in self.answers:
            self.answers[key] = run(request, namespace_of(self.exercise, mistake))
        return self.answers[key]


@lru_cache(maxsize=len(SECRETS))
def bench_of(name: str, secret: bytes) -> Bench:
    """The bench of the exercise `name`: drawing its cases costs as much as several answers to them."""
    return Bench(find(name)[1], secret)


def outcome_of(case: Case, request: dict, expected: dict, reply: dict) -> Outcome:
    """What became of a case, given the reply."""
    refused = any("raised" in step for step in expected["steps"])
    return Outcome(case, request, tuple(differences(reply, expected)), reply, refused)


def book_of(exercise: Exercise) -> ExerciseBook:
    """The public cases of an exercise as they are now, whatever the built products say."""
    lesson, _ = find(exercise.name)
    return next(book for book in _lesson_book(lesson).exercises if book.name == exercise.name)


@cache
def _lesson_book(lesson: str) -> casebook.LessonBook:
    with tempfile.TemporaryDirectory() as folder:
        write_cases(lesson, Path(folder) / f"{lesson}.npz")
        return casebook.load(lesson, Path(folder))
