"""Where the course's files lie. Used by the build, the judge and the classroom."""

from __future__ import annotations

import json
from pathlib import Path

from coach.course import LESSONS, earlier_modules, lesson_of

__all__ = ["LESSONS", "ROOT", "check_lesson", "earlier_modules", "lesson_of", "master", "released", "released_path"]

ROOT = Path(__file__).resolve().parent.parent


def master(lesson: str) -> Path:
    """The jupytext master of a lesson."""
    return ROOT / "solutions" / f"{lesson}.py"


def released_path(lesson: str) -> Path:
    """The notebook that students receive."""
    return ROOT / "lessons" / lesson / f"{lesson}.ipynb"


def released(lesson: str) -> dict:
    """The released notebook of a lesson: what every submission is measured against."""
    return json.loads(released_path(lesson).read_text(encoding="utf-8"))


def check_lesson(lesson: str) -> str:
    """`lesson` itself if the course has it. Raises ValueError with one sentence if not."""
    if lesson not in LESSONS:
        raise ValueError(f"There is no lesson {lesson!r}; the lessons are {', '.join(LESSONS)}.")
    return lesson
