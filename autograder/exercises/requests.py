"""From a case to a request and the answer expected for it. Used by the judge, the build and the tests."""

from __future__ import annotations

import math

import torch
from coach import harness, wire
from coach.casebook import watch_list

from autograder.exercises import find
from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise
from autograder.exercises.variants import reference


def prepare(exercise: Exercise, case: Case, secret: bytes, student: str, store=None, load=None) -> tuple[dict, dict]:
    """(request, expected reply): inputs from the secret, values in float64, dtypes as the reference's own."""
    namespace = reference(find(exercise.name)[0])
    draw = Draw(secret, student, exercise.name, case.name)
    raw = case.steps(draw)
    raw = raw if isinstance(raw, list) else [raw]
    request = {"steps": [_encoded(step, exercise, store) for step in raw], "seed": draw.seed()}
    if exercise.forbidden:
        request["watch"] = watch_list(exercise.forbidden)
    _add_weights(request, raw, namespace, draw, store, load)
    _add_cotangents(request, raw, namespace, draw, store, load)
    sizes = {number: list(step["sizes"]) for number, step in enumerate(raw) if "sizes" in step}
    return request, expect(request, namespace, sizes, load, store)


def expect(request: dict, namespace: dict, sizes: dict[int, list[int]], load=None, store=None) -> dict:
    """What the code in `namespace` answers, in float64, with its own dtypes noted beside.

    `sizes`: per step that must raise, what has to be readable in the message. Raises AssertionError if another raises.
    """
    native = run(request, namespace, load, store=store)
    double = run(request, namespace, load, upcast=True, store=store)
    for number, (step, own) in enumerate(zip(double["steps"], native["steps"], strict=True)):
        if "raised" in own:
            if number not in sizes:
                raise AssertionError(f"step {number} of the reference raises {own['raised']}")
            fault = {"types": own["raised"]["types"], "message": "", "sizes": sizes[number]}
            double["steps"][number] = {"raised": fault}
            break
        step["dtypes"] = own.get("dtypes", [])
        if own.get("grads"):
            grads = [wire.decode(grad, load) for grad in own["grads"].values()]
            step["grad_dtype"] = str(grads[0].dtype)[6:]
    return double


def run(request: dict, namespace: dict, load=None, upcast: bool = False, store=None) -> dict:
    """The harness on trusted code: nothing is watched, since only students are forbidden anything."""
    trusted = {key: value for key, value in request.items() if key != "watch"}
    return harness.run(trusted, namespace, load=load, upcast=upcast, store=store)


def _encoded(step: dict, exercise: Exercise, store) -> dict:
    def encoded(value: object) -> object:
        kept = isinstance(value, dict) and (set(value) == {"ref"} or set(value) == {"refs"})
        return value if kept else wire.encode(value, store)

    data = {"do": step["do"], "name": step["name"] or exercise.name}
    if step["do"] != "get":
        data["args"] = [encoded(value) for value in step["args"]]
        data["kwargs"] = {key: encoded(value) for key, value in step["kwargs"].items()}
    for key in ("as", "train", "strided", "double"):
        if step.get(key):
            data[key] = step[key]
    return data


def _add_weights(request: dict, raw: list[dict], namespace: dict, draw: Draw, store, load) -> None:
    """Independent random weights for every parameter, so that no two can be exchanged unnoticed."""
    numbers = [number for number, step in enumerate(raw) if step["do"] == "build" and step["state"]]
    built = run({"steps": [request["steps"][number] for number in numbers]}, namespace, load)["steps"]
    for number, result in zip(numbers, built, strict=False):  # the first that raises is the last
        step = raw[number]
        dtype = torch.float64 if step["double"] else torch.float32
        request["steps"][number]["state"] = {
            name: wire.encode(draw.normal(*shape, scale=0.5 * _gain(name, step["gains"]), dtype=dtype), store)
            for name, shape in result.get("parameters", {}).items()
        }


def _gain(name: str, gains: dict[str, float]) -> float:
    """The product of all gains whose key the name ends with."""
    return math.prod(gain for end, gain in gains.items() if name.endswith(end))


def _add_cotangents(request: dict, raw: list[dict], namespace: dict, draw: Draw, store, load) -> None:
    numbers = [number for number, step in enumerate(raw) if step.get("grad")]
    if not numbers:
        return
    results = run({"steps": request["steps"][: numbers[-1] + 1]}, namespace, load)["steps"]
    for number in numbers:
        outputs = [t for t in harness.tensors_of(wire.decode(results[number]["value"])) if t.is_floating_point()]
        request["steps"][number]["grad"] = [
            wire.encode(draw.normal(*out.shape, dtype=torch.float64), store) for out in outputs
        ]
