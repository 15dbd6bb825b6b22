"""Notices, while student code runs, which forbidden torch operations it calls. Used by the harness.

Two nets: `TorchFunctionMode` sees Python-level calls (`F.softmax`, `x.softmax`), `TorchDispatchMode` sees the
operators underneath, whatever name was used to reach them (`torch.ops`, an alias, a compiled wrapper). Classes that
come down to no operator of their own, such as `nn.Transformer`, are noticed when they are made or called. All run
inside the student's process, so a hostile program can escape them; the judge reads the source as well.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from types import FunctionType

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

# Where stand-ins lie, or are said to lie by the judge, whose kernels have no such folder. A file that a student writes
# has a whole path, and so another one.
STAND_INS = os.path.join(os.path.dirname(__file__), "standins", "")
PASSED_OVER = (__file__, os.path.join(os.path.dirname(torch.__file__), ""))  # who is on the way to an operator
# What a stand-in may have in hand for its operators to be its own: nothing that runs a learner's code when it is used
PLAIN_VALUES = (
    torch.Tensor, torch.nn.Parameter, torch.Size, torch.dtype, torch.device, int, float, bool, str, type(None), range,
    type(iter(())), type(iter([])), type(iter(range(0))),
)  # fmt: skip
CONTAINERS = (list, tuple, dict, set)
LAYERS = (
    torch.nn.Linear, torch.nn.Embedding, torch.nn.Dropout, torch.nn.ReLU, torch.nn.Identity, torch.nn.Sequential,
    torch.nn.ModuleList, torch.nn.ModuleDict,
)  # fmt: skip
THEIRS = ("standins", "coach.standins")  # the modules whose classes are the stand-ins'
MAX_DEPTH = 12  # of an encoder's layers' parts, with room


class Watch:
    """A context manager; `used` lists the watched names that were called, in order, once each.

    `watched` maps a public name to the operators that it comes down to: {"torch.softmax": ["aten::_softmax"]}.
    """

    def __init__(self, watched: dict[str, list[str]]) -> None:
        self.used: list[str] = []
        self._functions = {_function(name): name for name in watched}
        self._operators: dict[str, str] = {}
        for name, operators in watched.items():
            for operator in operators:
                self._operators.setdefault(operator, name)  # the first name of a rule is the best known
        self._modes: list = []
        self._honest: list[tuple[object, str, Callable]] = []  # what is replaced while the watch is on

    def note(self, name: str) -> None:
        if name not in self.used and not _inside_stand_in():
            self.used.append(name)

    def __enter__(self) -> Watch:
        if self._functions:
            self._modes = [_Functions(self), _Operators(self)]
            for mode in self._modes:
                mode.__enter__()
            for watched, name in self._functions.items():
                if isinstance(watched, type):
                    for method in {"__init__", "forward"} & vars(watched).keys():
                        self._replace(watched, method, name)
                elif name.startswith("torch._C."):  # what torch's functions call where no mode sees it
                    holder, _, last = name.rpartition(".")
                    self._replace(_function(holder), last, name)
        return self

    def _replace(self, holder: object, attribute: str, name: str) -> None:
        honest = vars(holder)[attribute]
        self._honest.append((holder, attribute, honest))
        setattr(holder, attribute, self._noting(honest, name))

    def _noting(self, honest: Callable, name: str) -> Callable:
        @functools.wraps(honest)
        def noted(*args, **kwargs):
            self.note(name)
            return honest(*args, **kwargs)

        return noted

    def __exit__(self, *fault: object) -> None:
        for mode in reversed(self._modes):
            mode.__exit__(*fault)
        for holder, attribute, honest in self._honest:
            setattr(holder, attribute, honest)
        self._modes, self._honest = [], []


class _Functions(TorchFunctionMode):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def __torch_function__(self, function, types, args=(), kwargs=None):
        name = self._watch._functions.get(function)
        if name is not None:
            self._watch.note(name)
        return function(*args, **(kwargs or {}))


class _Operators(TorchDispatchMode):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # torch's way around its compiler would import the compiler first: one second per kernel

    def __torch_dispatch__(self, operator, types, args=(), kwargs=None):
        name = self._watch._operators.get(operator.name().split(".")[0])
        if name is not None:
            self._watch.note(name)
        return operator(*args, **(kwargs or {}))


def _function(name: str) -> object:
    """The object that torch has under a dotted name; the name itself if it has none."""
    try:
        return functools.reduce(getattr, name.split(".")[1:], torch)
    except AttributeError:
        return name


def _inside_stand_in() -> bool:
    """A stand-in for an earlier exercise may use what the learner's own code may not.

    Whoever is nearest to torch decides: a stand-in that was given an object of the learner's calls its methods. What is
    written in C has no frame, so a stand-in is only believed while all that it has in hand is plain.
    """
    frame, found = sys._getframe(1), False
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(STAND_INS):
            found = True
            if not all(_plain(value) for value in frame.f_locals.values()):
                return False
        elif not file.startswith(PASSED_OVER):
            break
        frame = frame.f_back
    return found


def _plain(value: object, depth: int = 0) -> bool:
    """Whether using this value runs no code but torch's and the stand-ins'."""
    kind = type(value)
    if kind in PLAIN_VALUES or depth > MAX_DEPTH:
        return depth <= MAX_DEPTH
    if kind in CONTAINERS or kind.__name__ == "OrderedDict":
        items = [*value, *value.values()] if hasattr(value, "values") else value
        return all(_plain(item, depth + 1) for item in items)
    if kind is FunctionType:
        return value.__code__.co_filename.startswith((STAND_INS, *PASSED_OVER))
    theirs = kind in LAYERS or kind.__module__.startswith(THEIRS)
    return theirs and all(_plain(item, depth + 1) for item in vars(value).values())


def operators_exist(names: list[str]) -> bool:
    """Whether all of these operators are known to this torch; a test asks, so that a renamed one is noticed."""
    return all(hasattr(torch.ops.aten, name.removeprefix("aten::")) for name in names)
