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
    "FEW",
    "MANY",
    "NONE",
    "NOTHING_BEFORE",
    "RATES",
    "Case",
    "Exercise",
    "Forbidden",
    "Mistake",
    "both",
    "build",
    "call",
    "get",
    "in_training",
    "in_turn",
    "load",
    "raises",
    "refused",
    "ref",
    "refs",
]

# One at which nothing is dropped, and yet dropout is at work: what training does can be compared exactly
NONE = 2**-40
NOTHING_BEFORE = {"dropout": NONE, "norm_first": True}
RATES = (0.25, 0.75)  # of dropout: neither is its own rest, so that p is not taken for 1 − p
FEW = 4  # copies of what drops some of very many numbers: they differ
# A rate of dropout at which nothing is left, so that no case depends on chance. Not 1: for an honest dropout of one's
# own the factor 1 / (1 − p) would be infinite then, and 0 · ∞ is NaN
ALL = 1 - 2**-40
# Copies of what drops a quarter or three of them: one of a hundred numbers is never dropped, or always, once in a
# hundred million times
MANY = 80


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
    differ: bool = False,
    weights: bool = False,
    **kwargs: object,
) -> dict:
    """Call the exercise (or `name`); `grad`: compare gradients too; `strided`: inputs in another memory order.

    times: ask for that many copies of the inputs in one batch, and compare what does not depend on chance, nor on whose
    random numbers decide, where dropout acts on the result alone: see `coach.copies`. With `grad`, which gradients are
    0. differ: compare only whether the copies' answers differ, where dropout acts on anything.
    weights: the gradients of the weights alone; no input asks for one.
    """
    step = {"do": "call", "name": name, "args": args, "kwargs": kwargs, "grad": grad or weights, "strided": strided}
    more = {"as": keep, "times": times, "differ": differ, "weights": weights}
    return step | {key: value for key, value in more.items() if value}


def build(
    *args: object,
    keep: str = "layer",
    train: bool = False,
    state: bool | dict[str, torch.Tensor] = True,
    double: bool = False,
    half: bool = False,
    recorded: bool = False,
    fixed: dict[str, torch.Tensor] | None = None,
    name: str = "",
    **kwargs: object,
) -> dict:
    """Build the exercise's module (or `name`) and, with `state`, give it weights, loaded by name: drawn for this case,
    or those in `state`. Without, its own first weights stay, which only constants can be compared with.

    fixed: some weights, where the others are drawn.
    double: a module of float64; half: one of float16. recorded: `get("layer.recorded")` then says whether gradients
    were recorded in it.
    """
    step = {"do": "build", "name": name, "args": args, "kwargs": kwargs, "as": keep}
    step |= {"train": train, "state": state, "double": double, "half": half, "recorded": recorded}
    return step | ({"fixed": fixed} if fixed else {})


def load(name: str = "layer", train: bool = False) -> dict:
    """Give a module that is kept other weights, drawn for this case, and this mode."""
    return {"do": "load", "name": name, "state": True, "train": train, "double": False}


def in_turn(made: dict, first: tuple, second: tuple, other: dict | None = None) -> list[dict]:
    """Two modules of one class in training, asked in turn; then the first one with other weights, outside of training.

    So nothing may stay of an earlier call, nor come from another module, and the mode counts in each call.
    made: builds one. other: builds the second one, if it is another. first, second: inputs.
    """
    both_made = [made | {"as": "layer", "train": True}, (other or made) | {"as": "other", "train": True}]
    asked = [call(*first, name="layer"), call(*second, name="other"), call(*second, name="layer")]
    return [*both_made, *asked, load(), call(*first, name="layer")]


def in_training(made: dict, first: tuple, second: tuple) -> list[dict]:
    """Gradients in training, of inputs and weights; then, with other weights, of these alone."""
    steps = [made | {"train": True}, call(*first, name="layer", grad=True)]
    return [*steps, load(train=True), call(*second, name="layer", weights=True)]


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
