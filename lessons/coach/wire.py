"""Values as JSON: how arguments travel to a kernel and results travel back.

Used on both sides: by the harness next to the student's code, and by the judge, which treats everything it
decodes as hostile. Never pickle: a decoded value is None, bool, int, float, str, a tensor of an allowed dtype,
or a list, tuple or dict of those. Sizes are checked before anything is decoded.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Callable
from dataclasses import dataclass

import torch

MAX_DEPTH = 8  # deeper than any value of the course; stops nesting bombs
MAX_ITEMS = 20_000  # list, tuple and dict entries in one value
MAX_TEXT = 10_000  # characters of one string
MAX_BYTES = 8 << 20  # tensor bytes in one value; the largest case of the course is under 1 MB
MAX_AXES = 8

DTYPES = {
    name: getattr(torch, name)
    for name in "float16 bfloat16 float32 float64 int8 uint8 int16 int32 int64 bool complex64".split()
}
_NAMES = {dtype: name for name, dtype in DTYPES.items()}


class WireError(ValueError):
    """The data is not a value of the course: malformed, too big, or of a kind that is not allowed."""


@dataclass(frozen=True)
class Foreign:
    """A value that cannot travel, such as a numpy array; only the name of its type is kept."""

    type_name: str


@dataclass
class Budget:
    """What may still be decoded of one message."""

    items: int = MAX_ITEMS
    bytes: int = MAX_BYTES

    def take(self, items: int = 0, size: int = 0) -> None:
        self.items -= items
        self.bytes -= size
        if self.items < 0 or self.bytes < 0:
            raise WireError("the value is too large")


def encode(value: object, store: Callable[[torch.Tensor], str] | None = None, depth: int = 0) -> object:
    """`value` as JSON. With `store`, tensor data goes there and only the key it returns is kept."""
    if depth > MAX_DEPTH:
        return {"foreign": "deeply nested value"}
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, torch.Tensor):
        return _encode_tensor(value, store)
    if isinstance(value, int):
        return int(value) if abs(value) < 2**63 else {"foreign": "huge int"}
    if isinstance(value, float):
        return {"float": repr(float(value))}
    if isinstance(value, str):
        return str(value)[:MAX_TEXT]
    if isinstance(value, (list, tuple)):
        kind = "tuple" if isinstance(value, tuple) else "list"
        return {kind: [encode(item, store, depth + 1) for item in value]}
    if isinstance(value, dict):
        return {"dict": [[encode(k, store, depth + 1), encode(v, store, depth + 1)] for k, v in value.items()]}
    if isinstance(value, Foreign):
        return {"foreign": value.type_name}
    return {"foreign": type(value).__name__[:80]}


def _encode_tensor(tensor: torch.Tensor, store: Callable[[torch.Tensor], str] | None) -> dict:
    # as_subclass: a subclass with a lying __torch_function__ is reduced to its data
    try:
        plain = torch.Tensor.detach(tensor).as_subclass(torch.Tensor).cpu().contiguous()
        if plain.dtype not in _NAMES or plain.layout != torch.strided:
            return {"foreign": f"Tensor of {plain.dtype}"}
        head = {"dtype": _NAMES[plain.dtype], "shape": list(plain.shape)}
        if store is not None:
            return {"tensor": {**head, "array": store(plain)}}
        bits = plain.view(torch.int16) if plain.dtype == torch.bfloat16 else plain
        return {"tensor": {**head, "data": base64.b64encode(bits.numpy().tobytes()).decode()}}
    except (RuntimeError, TypeError, ValueError, NotImplementedError):
        return {"foreign": "Tensor without readable data"}


def decode(
    data: object, load: Callable[[str], torch.Tensor] | None = None, budget: Budget | None = None, depth: int = 0
) -> object:
    """The value that `encode` wrote. Raises WireError for anything else; never executes anything.

    `load` finds tensors that were stored apart; without it, only data that is there counts.
    """
    budget = budget or Budget()
    budget.take(items=1)
    if depth > MAX_DEPTH + 1:
        raise WireError("the value is nested too deeply")
    if data is None or isinstance(data, bool):
        return data
    if isinstance(data, int):
        if abs(data) >= 2**63:
            raise WireError("an integer is too large")
        return data
    if isinstance(data, str):
        if len(data) > MAX_TEXT:
            raise WireError("a text is too long")
        return data
    if not isinstance(data, dict) or len(data) != 1:
        raise WireError("not an encoded value")
    ((kind, body),) = data.items()
    if kind == "tensor":
        return _decode_tensor(body, load, budget)
    if kind == "float" and isinstance(body, str) and len(body) < 40:
        try:
            return float(body)
        except ValueError:
            raise WireError("a float cannot be read") from None
    if kind == "foreign" and isinstance(body, str) and len(body) < 100:
        return Foreign(body)
    if kind in ("list", "tuple") and isinstance(body, list):
        items = [decode(item, load, budget, depth + 1) for item in body]
        return items if kind == "list" else tuple(items)
    if kind == "dict" and isinstance(body, list):
        return _decode_dict(body, load, budget, depth)
    raise WireError("not an encoded value")


def _decode_dict(body: list, load, budget: Budget, depth: int) -> dict:
    result = {}
    for pair in body:
        if not isinstance(pair, list) or len(pair) != 2:
            raise WireError("a dict entry is not a pair")
        key = decode(pair[0], load, budget, depth + 1)
        if not isinstance(key, (str, int, bool, float)):
            raise WireError("a dict key is not a plain value")
        result[key] = decode(pair[1], load, budget, depth + 1)
    return result


def _decode_tensor(body: object, load, budget: Budget) -> torch.Tensor:
    if not isinstance(body, dict) or not isinstance(body.get("dtype"), str) or body["dtype"] not in DTYPES:
        raise WireError("a tensor has no known dtype")
    shape, dtype = body.get("shape"), DTYPES[body["dtype"]]
    if not isinstance(shape, list) or len(shape) > MAX_AXES:
        raise WireError("a tensor has no usable shape")
    if not all(type(size) is int and 0 <= size < 2**31 for size in shape):
        raise WireError("a tensor has no usable shape")
    size = math.prod(shape) * dtype.itemsize
    budget.take(size=size)
    if math.prod(axis for axis in shape if axis) > MAX_BYTES:  # beside an axis of 0 any size costs nothing but strides
        raise WireError("a tensor has no usable shape")
    if load is not None and "array" in body:  # a stored case; what code has just answered carries its data itself
        return load(body["array"])
    text = body.get("data")
    if not isinstance(text, str) or len(text) != 4 * ((size + 2) // 3):
        raise WireError("a tensor's data does not fit its shape")
    try:
        raw = bytearray(base64.b64decode(text, validate=True))
    except ValueError:
        raise WireError("a tensor's data cannot be read") from None
    if len(raw) != size:
        raise WireError("a tensor's data does not fit its shape")
    if not raw:
        return torch.empty(shape, dtype=dtype)
    if dtype == torch.bool:  # a bool byte other than 0 and 1 has no meaning in torch
        return (torch.frombuffer(raw, dtype=torch.uint8) != 0).reshape(shape)
    return torch.frombuffer(raw, dtype=dtype).reshape(shape)
