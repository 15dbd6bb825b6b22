"""The reference and its wrong variants as runnable namespaces and as cells that a student might hand in."""

from __future__ import annotations

import ast
import functools
import importlib
from pathlib import Path

from autograder.course import LESSONS
from autograder.exercises import find
from autograder.exercises.model import Exercise, Mistake


def reference(lesson: str) -> dict:
    """The namespace of the lesson's reference module."""
    return vars(importlib.import_module(f"autograder.reference.{LESSONS[lesson]}"))


@functools.cache
def module_source(lesson: str) -> str:
    return Path(importlib.import_module(f"autograder.reference.{LESSONS[lesson]}").__file__).read_text("utf-8")


@functools.cache
def solution(name: str) -> str:
    """The source of an exercise's function or class in the reference."""
    lesson, _ = find(name)
    text = module_source(lesson)
    for node in ast.parse(text).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == name:
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            return "\n".join(text.splitlines()[first - 1 : node.end_lineno]) + "\n"
    raise KeyError(f"the reference of {lesson} defines no {name}")


def mistaken(exercise: Exercise, mistake: Mistake) -> str:
    """A cell that makes the mistake. Raises ValueError if a patch does not fit the reference any more."""
    if mistake.code is not None:
        return mistake.code
    text = solution(exercise.name)
    for old, new in mistake.patches:
        if text.count(old) != 1:
            raise ValueError(f"{exercise.name}/{mistake.name}: {old!r} stands {text.count(old)} times in the reference")
        text = text.replace(old, new)
    return text


@functools.cache
def _compiled(lesson: str, name: str, text: str) -> dict:
    namespace = dict(reference(lesson))
    exec(compile(text, f"<variant of {name}>", "exec"), namespace)  # our own source
    return namespace


def namespace_of(exercise: Exercise, mistake: Mistake) -> dict:
    """A copy of the reference's namespace in which the exercise makes the mistake."""
    lesson, _ = find(exercise.name)
    return _compiled(lesson, exercise.name, mistaken(exercise, mistake))
