"""Compares what student code answered with what was expected. Pure; used by `check` and by the judge.

Both sides are replies of the harness. The expected values are float64 (or exact), so the tolerance follows the
dtype that the answer must have. NaN never equals anything here: a comparison that is not provably close fails.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

import torch

from coach import wire

# dtype the answer must have -> (relative, absolute). float32 leaves room for another order of operations.
TOLERANCE = {
    "float64": (1e-9, 1e-10),
    "float32": (1e-4, 1e-5),
    "float16": (1e-2, 1e-3),
    "bfloat16": (2e-2, 1e-2),
}


@dataclass(frozen=True)
class Difference:
    """One way in which an answer differs.

    kind: raised, no_error, message, type, shape, dtype, nan, value, mutated, gradient, parameters or unreadable.
    where: "output", "output[1]", "gradient of query", …   index: of the first wrong entry.
    error: the largest |received − expected|.   ratio: received = ratio · expected everywhere, if so.
    """

    step: int
    kind: str
    where: str
    expected: str = ""
    got: str = ""
    index: tuple[int, ...] | None = None
    error: float | None = None
    ratio: float | None = None


def differences(reply: dict, expected: dict, load: Callable | None = None) -> list[Difference]:
    """All differences between a reply and the expected one, the most basic first; [] if the answer is right."""
    found: list[Difference] = []
    got_steps = reply.get("steps", [])
    for number, want in enumerate(expected["steps"]):
        if number >= len(got_steps):
            break
        found += _step(number, got_steps[number], want, load)
        if "raised" in got_steps[number]:
            break
    if not found and len(got_steps) != len(expected["steps"]):
        found.append(Difference(len(got_steps), "unreadable", "output", "an answer to every step", "none"))
    return found


def _step(number: int, got: dict, want: dict, load) -> list[Difference]:
    if "raised" in want:
        return _compare_error(number, got, want["raised"])
    if "raised" in got:
        fault = got["raised"]
        return [Difference(number, "raised", "call", "an answer", f"{fault['types'][0]}: {fault['message']}")]
    if "parameters" in want and got.get("parameters") != want["parameters"]:
        return [Difference(number, "parameters", "parameters", _listed(want), _listed(got))]
    try:
        value = wire.decode(got.get("value"), load)
        grads = {key: wire.decode(data, load) for key, data in got.get("grads", {}).items()}
    except wire.WireError as fault:
        return [Difference(number, "unreadable", "output", "a value of the course", str(fault))]
    found = _compare_value(number, value, wire.decode(want["value"], load), "output", iter(want.get("dtypes", [])))
    found += [
        Difference(number, "mutated", name, "inputs left as they were", f"{name} was changed")
        for name in got.get("changed", [])
    ]
    if not found:
        for key, data in want.get("grads", {}).items():
            dtype = iter([want.get("grad_dtype", "float32")])
            for d in _compare_value(number, grads.get(key), wire.decode(data, load), f"gradient of {key}", dtype):
                found.append(Difference(number, "gradient", d.where, d.expected, d.got, d.index, d.error, d.ratio))
    return found


def _listed(step: dict) -> str:
    return ", ".join(f"{name} {tuple(shape)}" for name, shape in (step.get("parameters") or {}).items()) or "none"


MAX_NUMBERS = 16  # in the message of an error: four whole shapes. A list of all numbers says nothing
NUMBER = re.compile(r"(?<!\d)(?<!float)(?<!int)(?<!complex)\d+")  # not those of torch.float32


def _compare_error(number: int, got: dict, want: dict) -> list[Difference]:
    name = want["types"][0]
    if "raised" not in got:
        return [Difference(number, "no_error", "call", f"a {name}", "no error")]
    fault = got["raised"]
    if name not in fault["types"]:
        return [Difference(number, "raised", "call", f"a {name}", f"{fault['types'][0]}: {fault['message']}")]
    numbers, sizes = NUMBER.findall(fault["message"]), [str(size) for size in want.get("sizes", [])]
    if set(sizes) - set(numbers) or (sizes and len(numbers) > MAX_NUMBERS):
        wanted = f"a message in which {', '.join(sizes)} can be read"
        return [Difference(number, "message", "error message", wanted, fault["message"])]
    return []


def describe_type(value: object) -> str:
    if isinstance(value, wire.Foreign):
        return value.type_name
    if isinstance(value, (tuple, list)):
        return f"{type(value).__name__} of {len(value)}"
    return "None" if value is None else type(value).__name__


def _compare_value(number: int, got: object, want: object, where: str, dtypes) -> list[Difference]:
    if isinstance(want, torch.Tensor):
        return _compare_tensor(number, got, want, where, next(dtypes, None))
    if isinstance(want, (tuple, list)):
        # a list where a tuple is meant is fine, and the other way round
        if not isinstance(got, (tuple, list)) or len(got) != len(want):
            return [Difference(number, "type", where, describe_type(want), describe_type(got))]
        parts = zip(got, want, strict=True)
        return [d for i, (g, w) in enumerate(parts) for d in _compare_value(number, g, w, f"{where}[{i}]", dtypes)]
    if isinstance(want, dict):
        if not isinstance(got, dict) or set(got) != set(want):
            return [Difference(number, "type", where, f"dict with {sorted(want)}", describe_type(got))]
        return [d for k in want for d in _compare_value(number, got[k], want[k], f"{where}[{k!r}]", dtypes)]
    if isinstance(want, float):
        return _compare_number(number, got, want, where)
    if type(got) is not type(want):
        return [Difference(number, "type", where, describe_type(want), describe_type(got))]
    return [] if got == want else [Difference(number, "value", where, repr(want), repr(got))]


def _compare_number(number: int, got: object, want: float, where: str) -> list[Difference]:
    if isinstance(got, torch.Tensor) and got.dim() == 0:
        got = got.item()
    if isinstance(got, bool) or not isinstance(got, (int, float)):
        return [Difference(number, "type", where, "a number", describe_type(got))]
    if math.isclose(got, want, rel_tol=1e-6, abs_tol=1e-9):
        return []
    kind = "nan" if math.isnan(got) else "value"
    ratio = got / want if want else None
    return [Difference(number, kind, where, f"{want:.6g}", f"{got:.6g}", error=abs(got - want), ratio=ratio)]


def _compare_tensor(number: int, got: object, want: torch.Tensor, where: str, dtype: str | None) -> list[Difference]:
    if not isinstance(got, torch.Tensor):
        return [Difference(number, "type", where, "a tensor", describe_type(got))]
    if got.shape != want.shape:
        return [Difference(number, "shape", where, str(tuple(want.shape)), str(tuple(got.shape)))]
    found = []
    name = str(got.dtype)[6:]
    dtype = dtype or str(want.dtype)[6:]
    if name != dtype:
        found.append(Difference(number, "dtype", where, dtype, name))
    if got.is_complex() or (got.is_floating_point() != want.is_floating_point()):
        return found
    wrong = wrong_entries(got, want, dtype)
    if not wrong.any():
        return found
    index = tuple(int(i) for i in wrong.nonzero()[0])
    kind = "nan" if bool(torch.isnan(got[wrong].double()).any()) else "value"
    error = (got.double() - want.double()).abs().nan_to_num(math.inf).max().item() if kind == "value" else None
    found.append(
        Difference(number, kind, where, _shown(want[index]), _shown(got[index]), index, error, _ratio(got, want, dtype))
    )
    return found


def _shown(entry: torch.Tensor) -> str:
    value = entry.item()
    return f"{value:.6g}" if isinstance(value, float) else repr(value)


def wrong_entries(got: torch.Tensor, want: torch.Tensor, dtype: str) -> torch.Tensor:
    """True where an entry is not provably close. Shapes are equal."""
    if dtype not in TOLERANCE:
        return got != want
    rtol, atol = TOLERANCE[dtype]
    got, want = got.double(), want.double()
    # written so that NaN, for which every comparison is False, counts as wrong
    # an infinite entry is only met by itself: its tolerance would be infinite too
    return ~(((got - want).abs() <= atol + rtol * want.abs()) & ~want.isinf() | (got == want))


def _ratio(got: torch.Tensor, want: torch.Tensor, dtype: str) -> float | None:
    """r, if got = r · want everywhere and want is not all zero."""
    got, want = got.double(), want.double()
    if dtype not in TOLERANCE or not torch.isfinite(want).all() or not want.any():
        return None
    ratio = ((got * want).sum() / (want * want).sum()).item()
    if not math.isfinite(ratio) or abs(ratio) < 1e-3 or wrong_entries(got, want * ratio, dtype).any():
        return None
    return ratio
