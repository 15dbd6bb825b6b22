"""Finds the named mistake that explains a learner's answers. Pure; used by `check` and by the judge.

A mistake explains the answers if the variant of the reference that makes it gives the same answer in every case,
right or wrong. One match: that is it. None or several: nobody guesses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch

from coach import wire
from coach.compare import wrong_entries


def named(replies: list[dict], variants: Mapping[str, list[dict]], load: Callable | None = None) -> list[str]:
    """Names of the mistakes whose answers are the learner's.

    replies: the learner's reply per case; variants: per mistake its reply per case, in the same order.
    """
    return [
        name
        for name, theirs in variants.items()
        if len(theirs) == len(replies) and all(same(a, b, load) for a, b in zip(replies, theirs, strict=True))
    ]


def same(reply: dict, other: dict, load: Callable | None = None) -> bool:
    """Whether two replies tell the same: equal values (NaN equals NaN here), or errors of the same type."""
    a, b = reply.get("steps", []), other.get("steps", [])
    return len(a) == len(b) and all(_same_step(x, y, load) for x, y in zip(a, b, strict=True))


def _same_step(a: dict, b: dict, load: Callable | None) -> bool:
    if "raised" in a or "raised" in b:
        return "raised" in a and "raised" in b and a["raised"]["types"][:1] == b["raised"]["types"][:1]
    if a.get("changed", []) != b.get("changed", []) or a.get("parameters") != b.get("parameters"):
        return False
    try:
        if not _same_value(wire.decode(a.get("value"), load), wire.decode(b.get("value"), load)):
            return False
        grads, others = a.get("grads", {}), b.get("grads", {})
        return grads.keys() == others.keys() and all(
            _same_value(wire.decode(grads[key], load), wire.decode(others[key], load)) for key in grads
        )
    except (wire.WireError, RuntimeError, OverflowError, ValueError, TypeError):
        return False  # hostile values, some of which torch refuses in ways no check foresees, explain nothing


def _same_value(a: object, b: object) -> bool:
    if isinstance(a, torch.Tensor) and isinstance(b, torch.Tensor):
        if a.shape != b.shape or a.dtype != b.dtype:
            return False
        both_nan = (a != a) & (b != b)
        # float32's tolerance for every dtype: another order of operations may reach the same wrong numbers
        kind = "float32" if a.is_floating_point() else str(a.dtype)
        return not bool((wrong_entries(a, b, kind) & ~both_nan).any())
    if isinstance(a, (tuple, list)) and isinstance(b, (tuple, list)):
        return len(a) == len(b) and all(_same_value(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same_value(a[key], b[key]) for key in a)
    if isinstance(a, float) and isinstance(b, float):
        return a == b or abs(a - b) <= 1e-6 * max(1.0, abs(b)) or (a != a and b != b)
    return type(a) is type(b) and a == b
