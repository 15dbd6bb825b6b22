"""What the tests of exercises share: the list of exercises, and namespaces to run cells in."""

from __future__ import annotations

import importlib
import math
from collections import Counter

import pytest
import torch
import torch.nn.functional as F
from coach import casebook
from coach.course import LESSONS, earlier_modules
from torch import Tensor, nn

from autograder.analysis.judging import SECRETS
from autograder.exercises import find, get

SECRET = SECRETS[0]  # one for all tests of an exercise, which run in one process and share what is drawn
EXERCISES = [exercise for lesson in LESSONS for exercise in get(lesson)]
SETUP = {"math": math, "Counter": Counter, "torch": torch, "F": F, "Tensor": Tensor, "nn": nn}


def book_of(exercise) -> casebook.ExerciseBook:
    """The public cases of an exercise as they were built; another test says if they are out of date."""
    lesson, _ = find(exercise.name)
    return next(book for book in casebook.load(lesson).exercises if book.name == exercise.name)


def pytest_generate_tests(metafunc):
    """A test with the argument `exercise` runs once for each exercise of the course."""
    if "exercise" in metafunc.fixturenames:
        metafunc.parametrize("exercise", EXERCISES, ids=[exercise.name for exercise in EXERCISES])


@pytest.fixture
def student_namespace():
    """name of an exercise → what a student's cell finds when the judge runs it: set-up names and stand-ins."""

    def make(name: str) -> dict:
        lesson, _ = find(name)
        names = [exercise.name for exercise in get(lesson)]
        stand_ins = importlib.import_module(f"coach.standins.{LESSONS[lesson]}")
        earlier = {other: getattr(stand_ins, other) for other in names[: names.index(name)]}
        modules = {module: importlib.import_module(f"coach.standins.{module}") for module in earlier_modules(lesson)}
        return {"__name__": "__main__"} | SETUP | modules | earlier

    return make
