"""Names that an exercise may use as attributes without a person's look. Used by `forbidden`.

What is not here is no fault: a line in the review says that it is there. Modules are left out, those that a module has
imported above all: `enum.bltns` is `builtins`, and `torch.sys` is `sys`.
"""

from __future__ import annotations

import abc
import cmath
import collections
import contextlib
import copy
import dataclasses
import enum
import functools
import itertools
import math
import numbers
import operator
import random
import string
import sys
import time
import typing
import warnings
from functools import cache
from types import ModuleType

from coach.doors import HIDERS, INNER_TORCH, PLAIN_MODULES

# Whoever is in one of these is one step from what they have imported
_HOLDERS = (
    abc, cmath, collections, contextlib, copy, dataclasses, enum, functools, itertools, math, numbers, operator, random,
    string, time, typing, warnings,
)  # fmt: skip


def _public(module: ModuleType) -> frozenset[str]:
    return frozenset(name for name in dir(module) if not name.startswith("_"))


# Of Python's modules, what computes and nothing else. Left out is what reads, writes or calls things by names in texts
PYTHON = {module.__name__: _public(module) for module in (math, cmath, itertools, numbers)} | {
    "typing": frozenset(
        "Any Callable ClassVar Dict Final Generic Iterable Iterator List Literal Mapping NamedTuple Optional Sequence "
        "Set Tuple Type TypeVar Union overload".split()
    ),
    "collections": frozenset("ChainMap Counter OrderedDict defaultdict deque namedtuple".split()),
    "collections.abc": frozenset("Callable Iterable Iterator Mapping MutableMapping Sequence".split()),
    "copy": frozenset({"copy", "deepcopy"}),
    "dataclasses": frozenset({"dataclass", "field"}),
    "functools": frozenset({"cache", "lru_cache", "partial", "reduce"}),
    "abc": frozenset({"ABC", "abstractmethod"}),
    "warnings": frozenset({"warn"}),
    "__future__": frozenset({"annotations"}),
}
# What the notebooks' first cells have imported
GIVEN = {"math": "math", "torch": "torch", "nn": "torch.nn", "F": "torch.nn.functional"}
PLACES = {"nn", "functional", "linalg", "special", "init"}  # the modules that one goes through
# What modules and tensors have only when they are made, and what the course calls its own
MADE = set(
    "weight bias p eps in_features out_features num_embeddings embedding_dim padding_idx num_heads d_model "
    "d_head d_k pad_id norm_first layers self_attention cross_attention feed_forward attention_norm "
    "cross_attention_norm final_norm feed_forward_norm query_projection key_projection value_projection "
    "output_projection expand contract embedding source_embedding target_embedding positional_encoding encoder "
    "decoder encode decode length append training".split()
)
# Modules that no exercise needs, under names that a learner's own attributes may have
HARMLESS = {"numpy", "time", "enum", "contextlib", "random", "string", "operator"}
SET_ON_TENSORS = {"requires_grad", "data", "grad"}


@cache
def _modules_inside() -> dict[str, str]:
    """Names under which modules lie in those that exercises use, and what the modules are really called."""
    import numpy
    import torch  # late: whoever only opens a notebook need not wait for it

    holders = (torch, torch.nn, torch.nn.functional, numpy, *_HOLDERS)
    inside = [(name, value) for holder in holders for name, value in vars(holder).items()]
    return {name: value.__name__ for name, value in inside if isinstance(value, ModuleType)}


@cache
def never_own(on_self: bool = False) -> frozenset[str]:
    """Names that stay a matter for a person when a class in the cell has them, too.

    Those of modules, what torch and Python keep to themselves behind an underscore, and, but for what is asked of
    `self`, all of numpy's.
    """
    import numpy
    import torch

    keepers = (torch, torch.nn, torch.nn.functional, torch.nn.Module(), torch.Tensor, sys, numpy)
    hidden = {name for keeper in keepers for name in dir(keeper) if name.startswith("_")}
    return frozenset(
        _modules_inside().keys() | sys.stdlib_module_names | hidden | (set() if on_self else _public(numpy))
    )


@cache
def foreign_modules() -> frozenset[str]:
    """Names of modules that are neither torch's nor plain nor harmless: builtins, sys, os, threading, …"""
    found = {name for name, real in _modules_inside().items() if real.split(".")[0] not in PLAIN_MODULES | HARMLESS}
    return frozenset(found | {"threading", "subprocess"}) - {"glob"}  # glob.glob is a function, too


@cache
def plain_names() -> frozenset[str]:
    """Public names of torch's tensors, functions and layers, and of the plain modules and types of Python."""
    import torch

    holders = (
        torch, torch.nn, torch.nn.functional, torch.nn.init, torch.linalg, torch.special, torch.Tensor, torch.Generator,
        torch.Size, torch.dtype, torch.device, torch.finfo, torch.nn.Module, torch.nn.ModuleList, torch.nn.ModuleDict,
        torch.nn.Linear, torch.nn.Embedding, torch.nn.Dropout,
        list, dict, str, set, tuple, int, float, complex, slice, range,
    )  # fmt: skip
    names = set().union(*PYTHON.values()) | {
        name
        for holder in holders
        for name in dir(holder)
        if not name.startswith("_") and not isinstance(getattr(holder, name, None), ModuleType)
    }
    return frozenset((names | PLACES | MADE) - HIDERS - INNER_TORCH)
