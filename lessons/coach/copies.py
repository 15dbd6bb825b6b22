"""What the answers to many copies of one input have in common, where chance decides about each. Pure.

Used by all that compare replies, and never in a kernel under judgement: what it says of itself is no answer.
"""

from __future__ import annotations

from collections.abc import Callable

import torch

from coach import wire


def folded(request: dict, reply: dict, load: Callable | None = None, store: Callable | None = None) -> dict:
    """`reply`, with what chance cannot change in place of each answer to a step with `times`. load, store: see wire."""
    asked = request["steps"]
    if not any(step.get("times") for step in asked):
        return reply
    steps = list(reply["steps"])
    for number, step in enumerate(asked[: len(steps)]):
        if step.get("times") and "raised" not in steps[number]:
            steps[number] = _folded_step(steps[number], step["times"], load, store)
    return {**reply, "steps": steps}


def _folded_step(step: dict, times: int, load: Callable | None, store: Callable | None) -> dict:
    try:
        value = _common(wire.decode(step.get("value"), load), times)
    except (wire.WireError, RuntimeError, TypeError, ValueError, OverflowError):
        value = wire.Foreign("a value that cannot be read")  # some hostile tensors are refused by torch itself
    if not isinstance(value, dict):
        return step | {"value": wire.encode(value)}
    dtypes = [str(tensor.dtype)[6:] for tensor in value.values() if isinstance(tensor, torch.Tensor)]
    return step | {"value": wire.encode(value, store), "dtypes": dtypes}


def _common(value: object, times: int) -> object:
    """The largest and the smallest of each number, the share of zeros, to the nearest quarter, and whether the zeros
    lie elsewhere in most copies: chance decides each by itself. Of a tuple the first tensor counts. Of anything else
    only the name of its type is kept.
    """
    first = value[0] if isinstance(value, (tuple, list)) and value else value
    if not isinstance(first, torch.Tensor):
        return wire.Foreign(type(first).__name__)
    if not first.numel() or first.dim() < 1 or len(first) % times:
        return wire.Foreign(f"Tensor of shape {tuple(first.shape)}")
    copies = first.unflatten(0, (times, -1))
    zeros = (copies == 0).flatten(1)
    return {
        "largest": copies.amax(0),
        "smallest": copies.amin(0),
        "zeros": round(4 * zeros.double().mean().item()) / 4,
        "scattered": len(zeros.unique(dim=0)) > times // 2,
    }
