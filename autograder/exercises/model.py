"""What an exercise is made of, as data: points per property, cases, named mistakes, forbidden names.

A lesson's module beside this file lists its exercises with these classes; nothing in here runs student code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import torch
from coach.casebook import Forbidden

from autograder.exercises.draw import Draw

__all__ = [
    "ALL",
    "MANY",
    "Case",
    "Exercise",
    "Forbidden",
    "Mistake",
    "both",
    "build",
    "call",
    "get",
    "raises",
    "refused",
    "ref",
    "refs",
]

# A rate of dropout at which nothing is left, so that no case depends on chance. Not 1: for an honest dropout of one's
# own the factor 1 / (1 − p) would be infinite then, and 0 · ∞ is NaN
ALL = 1 - 2**-40
# Copies of what drops half: one of a hundred numbers is never dropped, or always, once in ten million times
MANY = 30


@dataclass(frozen=True)
class Case:
    """One question to an exercise.

    property: which points it decides. steps: draws the inputs and says what to do with them (see `call`).
    public: the learner sees it too, with other numbers. Hidden inputs are drawn anew for every student.
    separates: names of mistakes that answer like the reference, or like one another, where inputs are dull. The inputs
    are drawn again until each of them gives an answer of its own: no student is lucky, and each mistake has its name.
    """

    property: str
    name: str
    steps: Callable[[Draw], dict | list[dict]]
    public: bool = False
    separates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mistake:
    """A real wrong implementation: the reference with `patches` (old text → new text), or with `code` in its place.

    sentence: what is wrong. why: why that matters. look: the heading of the lesson that explains it.
    Patches are found literally; one that no longer fits the reference fails to build, so none can rot unseen.
    """

    name: str
    sentence: str
    why: str
    look: str
    patches: tuple[tuple[str, str], ...] = ()
    code: str | None = None


def both(one: Mistake, other: Mistake) -> Mistake:
    """Two mistakes at once. Raises ValueError if one of them is not made of patches."""
    if one.code is not None or other.code is not None:
        raise ValueError(f"{one.name} and {other.name} cannot be made together: only patches can")
    return Mistake(
        name=f"{one.name}+{other.name}",
        sentence=f"Two mistakes at once. {one.sentence} {other.sentence}",
        why=f"{one.why} {other.why}",
        look=one.look if one.look == other.look else f"{one.look}” and “{other.look}",
        patches=(*one.patches, *other.patches),
    )


@dataclass(frozen=True)
class Exercise:
    """One exercise. The first property is the main one: without it an answer is wrong, not partly right.

    pairs: mistakes that learners make together, by their names; both must be patches of different places.
    """

    name: str
    points: dict[str, float]
    cases: tuple[Case, ...]
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, str, str]
    section: str
    forbidden: tuple[Forbidden, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        used = {case.property for case in self.cases}
        if used != set(self.points):
            raise ValueError(f"{self.name}: points are for {sorted(self.points)}, cases for {sorted(used)}")
        unknown = {name for case in self.cases for name in case.separates} - {m.name for m in self.mistakes}
        if unknown:
            raise ValueError(f"{self.name}: its cases separate mistakes that it does not have: {sorted(unknown)}")

    @cached_property
    def catalogue(self) -> tuple[Mistake, ...]:
        """All that can be recognised: the mistakes, then the pairs, which are called "one+other"."""
        by_name = {mistake.name: mistake for mistake in self.mistakes}
        return (*self.mistakes, *(both(by_name[one], by_name[other]) for one, other in self.pairs))

    @property
    def max_score(self) -> float:
        return sum(self.points.values())


def call(
    *args: object,
    grad: bool = False,
    strided: bool = False,
    name: str = "",
    keep: str = "",
    times: int = 0,
    **kwargs: object,
) -> dict:
    """Call the exercise (or `name`); `grad`: compare gradients too; `strided`: inputs in another memory order.

    times: ask for that many copies of the inputs in one batch, and compare the largest and the smallest of each number
    among them, how many are 0, and whether in most copies others are. Where dropout acts on the result alone, these do
    not depend on chance, nor on whose random numbers decide.
    """
    step = {"do": "call", "name": name, "args": args, "kwargs": kwargs, "grad": grad, "strided": strided}
    return step | ({"as": keep} if keep else {}) | ({"times": times} if times else {})


def build(
    *args: object,
    keep: str = "layer",
    train: bool = False,
    state: bool | dict[str, torch.Tensor] = True,
    double: bool = False,
    half: bool = False,
    recorded: bool = False,
    name: str = "",
    **kwargs: object,
) -> dict:
    """Build the exercise's module (or `name`) and, with `state`, give it weights, loaded by name: drawn for this case,
    or those in `state`. Without, its own first weights stay, which only constants can be compared with.

    double: a module of float64; half: one of float16. recorded: `get("layer.recorded")` then says whether gradients
    were recorded in it.
    """
    step = {"do": "build", "name": name, "args": args, "kwargs": kwargs, "as": keep}
    return step | {"train": train, "state": state, "double": double, "half": half, "recorded": recorded}


def ref(name: str) -> dict:
    """As an argument: what was kept under this name."""
    return {"ref": name}


def refs(*names: str) -> dict:
    """As an argument: the list of what was kept under these names."""
    return {"refs": list(names)}


def get(name: str) -> dict:
    """Read an attribute of something kept, such as "cache.length"."""
    return {"do": "get", "name": name}


def raises(step: dict, *sizes: int, fault: bool = True, like: dict | None = None) -> dict:
    """The step must raise what the reference raises, and `sizes` must be readable in the message; see `refused`.

    like: for a step that builds, another one, whose weights have the shapes that those of this one would have.
    """
    return step | {"sizes": sizes, "like": like} if fault else step


def refused(name: str, steps: Callable[..., dict | list[dict]], public: bool = False) -> tuple[Case, Case]:
    """What is to be refused, and its twin, which differs from it in nothing but the fault: steps(draw, fault=False).

    So code has to look for the fault itself: nothing else in a request tells which of both it is.
    """
    return (
        Case("errors", name, steps, public),
        Case("values", f"{name}, put right", lambda draw: steps(draw, fault=False)),
    )
