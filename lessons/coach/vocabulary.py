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

PLACES = {"nn", "functional", "linalg", "special", "init"}  # the modules that one goes through
_PYTHON = (
    abc, cmath, collections, contextlib, copy, dataclasses, enum, functools, itertools, math, numbers, operator, random,
    string, time, typing, warnings,
)  # fmt: skip
# What modules and tensors have only when they are made, and what the course calls its own
MADE = set(
    "weight bias p eps in_features out_features num_embeddings embedding_dim padding_idx num_heads d_model "
    "d_head d_k pad_id norm_first layers self_attention cross_attention feed_forward attention_norm "
    "cross_attention_norm final_norm feed_forward_norm query_projection key_projection value_projection "
    "output_projection expand contract embedding source_embedding target_embedding positional_encoding encoder "
    "decoder encode decode length append training".split()
)
SET_ON_TENSORS = {"requires_grad", "data", "grad"}


@cache
def _modules_inside() -> dict[str, str]:
    """Names under which modules lie in those that exercises use, and what the modules are really called."""
    import numpy
    import torch  # late: whoever only opens a notebook need not wait for it

    holders = (torch, torch.nn, torch.nn.functional, numpy, *_PYTHON)
    inside = [(name, value) for holder in holders for name, value in vars(holder).items()]
    return {name: value.__name__ for name, value in inside if isinstance(value, ModuleType)}


@cache
def never_own() -> frozenset[str]:
    """Names that stay a matter for a person when a class in the cell has them, too: of modules, and all of numpy's."""
    import numpy

    return frozenset(_modules_inside().keys() | sys.stdlib_module_names | set(dir(numpy)))


@cache
def foreign_modules() -> frozenset[str]:
    """Names of modules that are neither torch's nor plain: builtins, sys, os, threading, …"""
    found = {name for name, real in _modules_inside().items() if real.split(".")[0] not in PLAIN_MODULES}
    return frozenset(found | {"threading", "subprocess"}) - {"glob"}  # glob.glob is a function, too


@cache
def plain_names() -> frozenset[str]:
    """Public names of torch's tensors, functions and layers, and of the plain modules and types of Python."""
    import torch

    holders = (
        torch, torch.nn, torch.nn.functional, torch.nn.init, torch.linalg, torch.special, torch.Tensor, torch.Generator,
        torch.Size, torch.dtype, torch.device, torch.finfo, torch.nn.Module, torch.nn.ModuleList, torch.nn.ModuleDict,
        torch.nn.Linear, torch.nn.Embedding, torch.nn.Dropout,
        *_PYTHON, list, dict, str, set, tuple, int, float, complex, slice, range,
    )  # fmt: skip
    names = {
        name
        for holder in holders
        for name in dir(holder)
        if not name.startswith("_") and not isinstance(getattr(holder, name, None), ModuleType)
    }
    return frozenset((names | PLACES | MADE) - HIDERS - INNER_TORCH)
