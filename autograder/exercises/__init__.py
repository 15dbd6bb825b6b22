"""The exercises of every lesson: points, cases, mistakes, hints, forbidden names. `get(lesson)` finds them."""

from __future__ import annotations

import importlib

from autograder.course import LESSONS, check_lesson
from autograder.exercises.model import Exercise

__all__ = ["find", "get"]


def get(lesson: str) -> tuple[Exercise, ...]:
    """The exercises of a lesson, in order."""
    return importlib.import_module(f"autograder.exercises.{LESSONS[check_lesson(lesson)]}").EXERCISES


def find(name: str) -> tuple[str, Exercise]:
    """(lesson, exercise) for an exercise's name. Raises KeyError if there is none."""
    for lesson in LESSONS:
        for exercise in get(lesson):
            if exercise.name == name:
                return lesson, exercise
    raise KeyError(f"no exercise is called {name!r}")
