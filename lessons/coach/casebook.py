"""Reads the public cases of a lesson: `cases/<lesson>.npz`, written by `autograder build`.

One archive holds every array of the lesson under a short key, and under "book" the JSON text that refers to them.
"""

from __future__ import annotations

import functools
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from coach.course import LESSONS

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Forbidden:
    """What an exercise is about and therefore may not be called: its public names, and what to do instead."""

    names: tuple[str, ...]
    operators: tuple[str, ...]
    instead: str


@dataclass(frozen=True)
class MistakeNote:
    """A known mistake, in words: what is wrong, why it matters, where in the lesson to look."""

    name: str
    sentence: str
    why: str
    look: str


@dataclass(frozen=True)
class PublicCase:
    """One visible case: the request, the expected reply, and what each known mistake would answer."""

    name: str
    property: str
    request: dict
    expected: dict
    mistakes: dict[str, dict]


@dataclass(frozen=True)
class ExerciseBook:
    """All that the coach knows about one exercise."""

    name: str
    lesson: str
    module: str
    points: dict[str, float]
    hints: tuple[str, str, str]
    section: str
    forbidden: tuple[Forbidden, ...]
    cases: tuple[PublicCase, ...]
    mistakes: tuple[MistakeNote, ...]
    load: Callable[[str], torch.Tensor]  # finds the tensors that requests and replies refer to

    @property
    def max_score(self) -> float:
        return sum(self.points.values())

    @property
    def watch(self) -> dict[str, list[str]]:
        """The forbidden names and operators as the harness wants them."""
        return watch_list(self.forbidden)


@dataclass(frozen=True)
class LessonBook:
    lesson: str
    module: str
    setup_names: tuple[str, ...]  # names that the lesson's set-up cell defines
    exercises: tuple[ExerciseBook, ...]


def watch_list(forbidden: tuple[Forbidden, ...]) -> dict[str, list[str]]:
    return {name: list(rule.operators) for rule in forbidden for name in rule.names}


@functools.cache
def load(lesson: str, folder: Path | None = None) -> LessonBook:
    """The book of a lesson. Raises FileNotFoundError with one sentence if its cases are missing."""
    path = (folder or CASES) / f"{lesson}.npz"
    if not path.is_file():
        raise FileNotFoundError(f"The public cases of {lesson} are missing ({path.name}): download the course again.")
    # The file as a whole, but each array only when it is asked for: a lesson has thousands, a check needs a few.
    archive = np.load(io.BytesIO(path.read_bytes()), allow_pickle=False)
    book = json.loads(archive["book"].tobytes())
    find_array = functools.cache(archive.__getitem__)

    def find_tensor(key: str) -> torch.Tensor:
        return torch.from_numpy(find_array(key).copy())

    exercises = tuple(
        ExerciseBook(
            name=item["name"],
            lesson=lesson,
            module=book["module"],
            points=item["points"],
            hints=tuple(item["hints"]),
            section=item["section"],
            forbidden=tuple(
                Forbidden(tuple(f["names"]), tuple(f["operators"]), f["instead"]) for f in item["forbidden"]
            ),
            cases=tuple(PublicCase(**case) for case in item["cases"]),
            mistakes=tuple(MistakeNote(**note) for note in item["mistakes"]),
            load=find_tensor,
        )
        for item in book["exercises"]
    )
    return LessonBook(lesson, book["module"], tuple(book["setup_names"]), exercises)


def find(name: str) -> ExerciseBook:
    """The exercise called `name`, in whichever lesson. Raises KeyError if there is none."""
    for lesson in LESSONS:
        for exercise in load(lesson).exercises if (CASES / f"{lesson}.npz").is_file() else ():
            if exercise.name == name:
                return exercise
    raise KeyError(f"no exercise is called {name!r}")
