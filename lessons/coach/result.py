"""What `check` found out about one exercise, as plain data. Made by `checking.evaluate`, shown by `card`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch

from coach.casebook import ExerciseBook, MistakeNote, PublicCase
from coach.compare import Difference
from coach.forbidden import Finding


@dataclass(frozen=True)
class Part:
    """One public case: the property it decides, whether it passed, and how the answer differed."""

    property: str
    case: str
    passed: bool
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Failure:
    """A failing public case with the learner's reply to it."""

    case: PublicCase
    reply: dict
    differences: tuple[Difference, ...]


class Answers:
    """Keeps the tensors of the learner's replies, and finds them as well as those of the exercise's book."""

    def __init__(self, book: ExerciseBook) -> None:
        self._book = book
        self._kept: dict[str, torch.Tensor] = {}

    def store(self, tensor: torch.Tensor) -> str:
        key = f"answer {len(self._kept)}"
        self._kept[key] = tensor.clone()  # the learner's code may go on changing its own
        return key

    def load(self, key: str) -> torch.Tensor:
        return self._kept[key] if key in self._kept else self._book.load(key)


@dataclass(frozen=True)
class CheckResult:
    """The outcome of all public cases of one exercise.

    mistake: the one named mistake that explains every answer, else None; mistakes_matching: all names that do.
    findings: what the cell uses although the exercise forbids it. error: one sentence if it failed, else None.
    smallest: the failing case with the fewest numbers. unwritten: the exercise is still the empty stub.
    load: finds the tensors of replies. source: the cell, None if unknown.
    names: what the learner calls the arguments ("argument 1" → "query").
    """

    name: str
    passed: bool
    parts: tuple[Part, ...]
    mistake: MistakeNote | None
    mistakes_matching: tuple[str, ...]
    findings: tuple[Finding, ...]
    error: str | None
    smallest: Failure | None
    book: ExerciseBook
    load: Callable[[str], torch.Tensor]
    source: str | None = None
    unwritten: bool = False
    names: dict[str, str] | None = None

    @property
    def properties(self) -> dict[str, bool]:
        """Property → whether all its public cases passed; those with public cases first, in the cases' order."""
        order = [*dict.fromkeys(part.property for part in self.parts), *self.book.points]
        return {key: all(p.passed for p in self.parts if p.property == key) for key in dict.fromkeys(order)}


def main_difference(differences: tuple[Difference, ...]) -> Difference:
    """The one to tell first: a wrong dtype is often only the consequence of something else."""
    return next((d for d in differences if d.kind != "dtype"), differences[0])
