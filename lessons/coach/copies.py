"""What the answers to many copies of one input have in common, where chance decides about each. Pure.

Used by all that compare replies, and never in a kernel under judgement: what it says of itself is no answer.
"""

from __future__ import annotations

from collections.abc import Callable

import torch

from coach import wire

SOME_LINES = 0.2  # of two numbers, one of which is dropped with a rate of a quarter, a share of 0.375 is mixed
ROUNDING = 1e-3  # of the largest number
NO_GRADIENT = 1e-4  # of the largest gradient


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
    """What is left of a step's answer, and where it was 0; before: where the answer to the last such step was.

    Chance decides about the first tensor of a tuple alone; of the other ones the first copy is kept.
    """
    zeros = None
    try:
        value = wire.decode(step.get("value"), load)
        first, *rest = value if isinstance(value, (tuple, list)) and value else [value]
        copies = _copies(first, asked["times"])
        if isinstance(copies, torch.Tensor):
            zeros = copies == 0
            copies = _few(copies) if asked.get("differ") else _common(copies, before)
            copies |= {"rest": [_copies(other, asked["times"])[0] for other in rest]} if rest else {}
    except (wire.WireError, RuntimeError, TypeError, ValueError, OverflowError):
        copies = wire.Foreign("a value that cannot be read")  # some hostile tensors are refused by torch itself
    if not isinstance(copies, dict):
        return step | {"value": wire.encode(copies)}, zeros
    tensors = (tensor for tensor in (*copies.values(), *copies.get("rest", ())) if isinstance(tensor, torch.Tensor))
    dtypes = [str(tensor.dtype)[6:] for tensor in tensors]
    left = step | {"value": wire.encode(copies, store), "dtypes": dtypes}
    return left | ({"grads": _reached(step["grads"], load)} if "grads" in step else {}), zeros


def _copies(value: object, times: int) -> object:
    """The answers to the copies along an axis of their own. Of anything but tensors the name of the type is kept."""
    if not isinstance(value, torch.Tensor):
        return wire.Foreign(type(value).__name__)
    if not value.numel() or value.dim() < 1 or len(value) % times:
        return wire.Foreign(f"Tensor of shape {tuple(value.shape)}")
    return value.unflatten(0, (times, -1))


def _common(copies: torch.Tensor, before: torch.Tensor | None) -> dict:
    """The largest and the smallest of each number, whether anything lies between, and the share of zeros, to the
    nearest quarter. Then, as chance decides each number by itself and anew: whether the zeros lie elsewhere in most
    copies, whether along every axis there are some among other numbers, and whether they lie where they lay before.
    """
    zeros, largest, smallest = copies == 0, copies.amax(0), copies.amin(0)
    near = ROUNDING * (largest - smallest)
    lines = [zeros.movedim(axis, -1) for axis in range(1, zeros.dim()) if zeros.shape[axis] > 1]
    return {
        "largest": largest,
        "smallest": smallest,
        "between": bool(((copies < largest - near) & (copies > smallest + near)).any()),
        "zeros": round(4 * zeros.double().mean().item()) / 4,
        "scattered": len(zeros.flatten(1).unique(dim=0)) > len(copies) // 2,
        "single": all((line.any(-1) & ~line.all(-1)).double().mean().item() > SOME_LINES for line in lines),
        "again": before is not None and torch.equal(zeros, before),
    }


def _few(copies: torch.Tensor) -> dict:
    """Whether two copies differ by more than rounding, which depends on the place in a batch; and the form of one."""
    differ = bool((copies - copies[0]).abs().max() > ROUNDING * copies.abs().max())
    return {"like": torch.zeros_like(copies[0]), "differ": differ}


def _reached(grads: dict, load: Callable | None) -> dict:
    """Whether each gradient is more than rounding: how large it is, depends on chance. Those of weights are compared
    with one another, and those of inputs: the former are sums over all copies."""
    try:
        decoded = {key: wire.decode(grad, load) for key, grad in grads.items()}
        sizes = {key: grad.abs().max().item() for key, grad in decoded.items()}
        largest = dict.fromkeys((True, False), 0.0)
        for key, size in sizes.items():
            largest[key.startswith("weight ")] = max(largest[key.startswith("weight ")], size)
        return {key: size > NO_GRADIENT * largest[key.startswith("weight ")] for key, size in sizes.items()}
    except (wire.WireError, AttributeError, RuntimeError, TypeError, ValueError, OverflowError):
        return {}
