"""`carry_over(module)`: the learner's own code of an earlier lesson, and stand-ins for what has not passed yet.

The saved file holds one cell per exercise; each cell runs on its own, so that one that no longer works is replaced by
its stand-in without taking the others with it.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import linecache
import types

from coach import storage
from coach.course import LESSONS, earlier_modules, lesson_of
from coach.show import Card, Line, Misuse, Table, Title, show


class CarriedOver(types.SimpleNamespace):
    """The exercises of one module as attributes, and whatever else the learner's cells define."""

    def __repr__(self) -> str:
        return f"<carried over: {', '.join(name for name in vars(self) if not name.startswith('_'))}>"

    def __getattr__(self, name: str) -> object:
        # dunder look-ups come from Python itself (copy, pickle, display) and expect the usual message
        if name.startswith("_"):
            raise AttributeError(name)
        raise AttributeError(f"this lesson has no {name!r}; it has {', '.join(vars(self))}")


def carry_over(module: str) -> CarriedOver:
    """The exercises of an earlier lesson, as `attention = carry_over("attention")`.

    What passed its checks is the learner's own code; the rest is a stand-in, and a card says which is which.
    Raises Misuse (a ValueError) with one sentence if there is no such module.
    """
    exercises, whose = collect(module)
    show(_card(module, whose))
    return exercises


def collect(module: str) -> tuple[CarriedOver, dict[str, str]]:
    """(the exercises, exercise → "" if it is the learner's own, else why it is a stand-in). Shows nothing."""
    known = ", ".join(repr(name) for name in LESSONS.values())
    if not isinstance(module, str) or module not in LESSONS.values():
        raise Misuse(f"There is no module {module!r} to carry over; the modules are {known}.")
    try:
        substitutes = importlib.import_module(f"coach.standins.{module}")
    except ModuleNotFoundError:
        raise Misuse(f"coach/standins/{module}.py is missing: download the course again.") from None
    whose = dict.fromkeys(substitutes.__all__, "not passed yet")
    scope = _scope(module, {name: getattr(substitutes, name) for name in whose})
    for name, source in storage.read_cells(module).items():
        fault = _run(source, f"<{module}: {name}>", scope, name)
        if name in whose:
            whose[name] = fault
            if fault:
                scope[name] = getattr(substitutes, name)
    kept = {name: scope[name] for name in whose}
    return CarriedOver(**kept), whose


def _scope(module: str, substitutes: dict) -> dict:
    """What the cells may rely on: the set-up names, the modules of earlier lessons, and stand-ins at first."""
    scope = {"__name__": f"{storage.FOLDER}.{module}"}
    with contextlib.suppress(ImportError):  # only cells that need it would fail, and say so
        exec(SETUP, scope)
    for earlier in earlier_modules(lesson_of(module)):
        scope[earlier] = _Later(earlier)
    return scope | substitutes


class _Later:
    """An earlier module that is only loaded if a cell asks for something in it."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        if "_loaded" not in self.__dict__:
            self.__dict__["_loaded"] = collect(self._module)[0]
        return getattr(self._loaded, name)


# What the set-up cells of the lessons import.
SETUP = """
import math
from collections import Counter
import torch
import torch.nn.functional as F
from torch import Tensor, nn
"""


def _run(source: str, file: str, scope: dict, name: str) -> str:
    """Runs one saved cell; returns "" or why it cannot be used."""
    # so that an error inside the learner's function shows the learner's line
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    before = scope.get(name)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, file, "exec"), scope)
    except Exception as fault:  # noqa: BLE001 - whatever the learner's file does, the lesson goes on with a stand-in
        return f"your saved code raises {type(fault).__name__}: {str(fault)[:80]}"
    return "" if scope.get(name) is not before else "your saved code does not define it"


def _card(module: str, whose: dict[str, str]) -> Card:
    own = [name for name, reason in whose.items() if not reason]
    rows = tuple((name, f"stand-in ({reason})" if reason else "your own") for name, reason in whose.items())
    blocks = [Title(f"`{module}`: {len(own)} of {len(whose)} exercises are your own code")]
    blocks.append(Table("Carried over", ("exercise", "which code runs"), rows))
    if len(own) < len(whose):
        then = f"Solve it in lesson {lesson_of(module)}, then run this cell again."
        blocks.append(Line("", f"A stand-in does the same with torch's own functions. {then}"))
    return Card(tuple(blocks))
