"""From what a learner hands to `check` or `hint` to the exercise that is meant. Used by check, hints and progress."""

from __future__ import annotations

import importlib
import inspect

from coach import casebook
from coach.casebook import ExerciseBook, PublicCase
from coach.course import LESSONS
from coach.show import Misuse


def has_cases(lesson: str) -> bool:
    return (casebook.CASES / f"{lesson}.npz").is_file()


def exercise_names() -> list[str]:
    """All exercises whose cases are here, in the course's order."""
    return [e.name for lesson in LESSONS if has_cases(lesson) for e in casebook.load(lesson).exercises]


def name_for_check(target: object) -> str:
    """The name of the function or class given to `check`. Raises Misuse with one sentence for anything else."""
    if isinstance(target, str):
        raise Misuse(f"Write check({target[:60]}), without quotes: check needs the function or class itself.")
    if target is None:
        raise Misuse("check was given None: give it the function or class itself, as in check(stable_softmax).")
    name = getattr(target, "__name__", None)
    if not isinstance(name, str) or not callable(target):
        raise Misuse(f"check was given a {type(target).__name__}: give it the function or class, without calling it.")
    return name


def find_book(name: str) -> ExerciseBook:
    """The exercise called `name`. Raises Misuse with one sentence if there is none, or its cases are missing."""
    try:
        return casebook.find(name)
    except KeyError:
        pass
    missing = [lesson for lesson in LESSONS if not has_cases(lesson)]
    if missing:
        files = ", ".join(f"{lesson}.npz" for lesson in missing)
        raise Misuse(f"No public cases for {name}: coach/cases lacks {files}; download the course again.")
    raise Misuse(f"{name} is not an exercise of this course; the exercises are {', '.join(exercise_names())}.")


def namespace_for(target: object, book: ExerciseBook) -> dict:
    """The exercise itself, and stand-ins for the others that the cases call: a decoder for what runs a decoder.

    The judge does the same, so that one exercise that is still wrong does not spoil the next.
    """
    wanted = {step["name"].split(".")[0] for case in book.cases for step in case.request["steps"]} - {book.name}
    stand_ins = importlib.import_module(f"coach.standins.{book.module}") if wanted else None
    return {name: getattr(stand_ins, name) for name in wanted if hasattr(stand_ins, name)} | {book.name: target}


def argument_names(target: object, request: dict, step: int) -> dict[str, str]:
    """ "argument 1" → "query": what the learner's own signature calls the positional arguments of a step."""
    steps = request["steps"]
    called = steps[min(step, len(steps) - 1)]
    # a step that calls something kept ("layer") runs the module's forward
    function = getattr(target, "forward", None) if "." not in called["name"] and _is_kept(called, steps) else target
    try:
        names = [name for name in inspect.signature(function).parameters if name != "self"]
    except (TypeError, ValueError):
        return {}
    # from the back, so that "argument 1" is not found inside "argument 12"
    return {f"argument {i + 1}": name for i, name in reversed(list(enumerate(names)))}


def _is_kept(called: dict, steps: list[dict]) -> bool:
    return any(step.get("as") == called["name"] for step in steps)


def refuses(case: PublicCase) -> bool:
    """Whether the right answer to the case is an error."""
    return any("raised" in step for step in case.expected["steps"])


def size_of(request: object) -> int:
    """How many numbers a request holds, read from the shapes alone."""
    if isinstance(request, dict):
        if set(request) == {"tensor"}:
            size = 1
            for side in request["tensor"]["shape"]:
                size *= side
            return size
        return sum(size_of(value) for value in request.values())
    return sum(size_of(value) for value in request) if isinstance(request, list) else 0
