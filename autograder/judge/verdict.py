"""Verdicts: the words the judge uses, in one place, and the messages that carry them. Pure."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from enum import StrEnum

# A verdict repeats names that a student chose, as long and as many as a cell can hold. What is longer than any of ours
# is cut: a file so large that the classroom takes it for damaged would stop the booking of a whole class.
MAX_MESSAGE = 1_000  # characters in the file; our longest, about two mistakes at once, has 600
MAX_REVIEW = 40  # remarks on one exercise: a person who has seen these will read the cell itself


class Verdict(StrEnum):
    """What the judge says of one exercise. `judge_error` is a status, not a verdict: it is never the student's."""

    CORRECT = "correct"  # every property holds
    PARTIAL = "partial"  # the main property holds, others do not
    WRONG = "wrong"  # answers, but the main property fails
    ERROR = "error"  # raises instead of answering, or its cell does not run
    MISSING = "missing"  # not written
    FORBIDDEN = "forbidden"  # calls the one thing that is the exercise
    TIMEOUT = "timeout"
    MEMORY = "memory"
    KILLED = "killed"  # the process ended, or was ended for flooding


class Status(StrEnum):
    """What became of one submission."""

    GRADED = "graded"
    UNREADABLE = "unreadable"
    JUDGE_ERROR = "judge_error"  # ours: retried, and never costs a point


class JudgeError(RuntimeError):
    """Our own fault or the machine's: the kernel would not start, a file of the course is missing."""


def clamp(score: float, max_score: float) -> float:
    """A finite score within [0, max_score]; whatever is not a number is 0."""
    return min(max(score, 0.0), max_score) if math.isfinite(score) else 0.0


def cut(text: str, limit: int = MAX_MESSAGE) -> str:
    """At most `limit` characters as JSON writes them in ASCII: twelve for some that a student may choose.

    Half letters, which no file can hold, and what moves a cursor or turns a line around are replaced.
    """
    text = "".join(letter if letter.isprintable() or letter == "\n" else "\ufffd" for letter in text)
    if len(json.dumps(text)) <= limit:
        return text
    while len(json.dumps(text)) > limit - 8:
        text = text[: len(text) * 7 // 8]
    return text + "…"


@dataclass(frozen=True)
class ExerciseVerdict:
    """The verdict on one exercise. `review` lists what a person should look at; it costs nothing by itself."""

    name: str
    verdict: Verdict
    score: float
    max_score: float
    message: str
    mistake: str | None = None
    review: tuple[str, ...] = ()

    def to_json(self) -> dict:
        more = len(self.review) - MAX_REVIEW
        review = [cut(remark) for remark in self.review[:MAX_REVIEW]]
        return {
            "name": self.name,
            "verdict": str(self.verdict),
            "score": clamp(self.score, self.max_score),
            "max_score": self.max_score,
            "mistake": self.mistake,
            "message": cut(self.message),
            "review": review if more <= 0 else [*review, f"and {more} more remarks"],
        }


@dataclass(frozen=True)
class Submission:
    """The judgement of one notebook."""

    student: str
    lesson: str
    status: Status
    exercises: tuple[ExerciseVerdict, ...]
    seconds: float = 0.0
    message: str = ""

    @property
    def score(self) -> float:
        return sum(exercise.to_json()["score"] for exercise in self.exercises)

    @property
    def max_score(self) -> float:
        return sum(exercise.max_score for exercise in self.exercises)

    def to_json(self) -> dict:
        """The object of `check --json` and `grade --json`."""
        return {
            "student": self.student,
            "lesson": self.lesson,
            "status": str(self.status),
            "score": self.score,
            "max_score": self.max_score,
            "seconds": round(self.seconds, 3),
            "message": self.message,
            "exercises": [exercise.to_json() for exercise in self.exercises],
        }
