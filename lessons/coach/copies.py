"""What the answers to many copies of one input have in common, where chance decides about each. Pure.

Used by all that compare replies, and never in a kernel under judgement: what it says of itself is no answer.
"""

from __future__ import annotations

from collections.abc import Callable

import torch

from coach import wire

SOME_LINES = 0.2  # of two numbers, one of which is dropped with a rate of a quarter, a share of 0.375 is mixed
ROUNDING = 1e-3  # of the largest number, or gradient


def folded(request: dict, reply: dict, load: Callable | None = None, store: Callable | None = None) -> dict:
    """`reply`, with what chance cannot change in place of each answer to a step with `times`. load, store: see wire."""
    asked = request["steps"]
    if not any(step.get("times") for step in asked):
        return reply
    steps, before = list(reply["steps"]), None
    for number, step in enumerate(asked[: len(steps)]):
        if step.get("times") and "raised" not in steps[number]:
            steps[number], before = _folded_step(step, steps[number], before, load, store)
    return {**reply, "steps": steps}


def _folded_step(asked: dict, step: dict, before: torch.Tensor | None, load, store) -> tuple[dict, torch.Tensor | None]:
    """What is left of a step's answer, and where it was 0; before: where the answer to the last such step was."""
    zeros = None
    try:
        copies = _copies(wire.decode(step.get("value"), load), asked["times"])
        if isinstance(copies, torch.Tensor):
            zeros = copies == 0
            copies = {"differ": _differ(copies)} if asked.get("differ") else _common(copies, before)
    except (wire.WireError, RuntimeError, TypeError, ValueError, OverflowError):
        copies = wire.Foreign("a value that cannot be read")  # some hostile tensors are refused by torch itself
    if not isinstance(copies, dict):
        return step | {"value": wire.encode(copies)}, zeros
    dtypes = [str(tensor.dtype)[6:] for tensor in copies.values() if isinstance(tensor, torch.Tensor)]
    left = step | {"value": wire.encode(copies, store), "dtypes": dtypes}
    return left | ({"grads": _reached(step["grads"], load)} if "grads" in step else {}), zeros


def _copies(value: object, times: int) -> object:
    """The answers to the copies along an axis of their own. Of a tuple the first tensor counts. Of anything else only
    the name of its type is kept."""
    first = value[0] if isinstance(value, (tuple, list)) and value else value
    if not isinstance(first, torch.Tensor):
        return wire.Foreign(type(first).__name__)
    if not first.numel() or first.dim() < 1 or len(first) % times:
        return wire.Foreign(f"Tensor of shape {tuple(first.shape)}")
    return first.unflatten(0, (times, -1))


def _common(copies: torch.Tensor, before: torch.Tensor | None) -> dict:
    """The largest and the smallest of each number, and the share of zeros, to the nearest quarter. Then, as chance
    decides each number by itself and anew: whether the zeros lie elsewhere in most copies, whether along every axis
    there are some among other numbers, and whether they lie where they lay before.
    """
    zeros = copies == 0
    lines = [zeros.movedim(axis, -1) for axis in range(1, zeros.dim()) if zeros.shape[axis] > 1]
    return {
        "largest": copies.amax(0),
        "smallest": copies.amin(0),
        "zeros": round(4 * zeros.double().mean().item()) / 4,
        "scattered": len(zeros.flatten(1).unique(dim=0)) > len(copies) // 2,
        "single": all((line.any(-1) & ~line.all(-1)).double().mean().item() > SOME_LINES for line in lines),
        "again": before is not None and torch.equal(zeros, before),
    }


def _differ(copies: torch.Tensor) -> bool:
    """Whether two copies differ by more than rounding, which depends on the place in a batch."""
    return bool((copies - copies[0]).abs().max() > ROUNDING * copies.abs().max())


def _reached(grads: dict, load: Callable | None) -> dict:
    """Whether each gradient is more than rounding: how large it is, depends on chance."""
    try:
        decoded = {key: wire.decode(grad, load) for key, grad in grads.items()}
        largest = max(grad.abs().max().item() for grad in decoded.values())
        return {key: grad.abs().max().item() > ROUNDING * largest for key, grad in decoded.items()}
    except (wire.WireError, AttributeError, RuntimeError, TypeError, ValueError, OverflowError):
        return {}
