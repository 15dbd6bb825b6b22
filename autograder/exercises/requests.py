"""From a case to a request and the answer expected for it. Used by the judge, the build and the tests."""

from __future__ import annotations

import itertools
import math

import torch
from coach import harness, wire
from coach.casebook import watch_list
from coach.compare import TOLERANCE, differences
from coach.copies import folded
from coach.diagnose import same

from autograder.exercises import find
from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise
from autograder.exercises.variants import namespace_of, reference

ATTEMPTS = 60  # of the cases that have to separate mistakes, about one draw in three does; the last one is taken anyhow
SPREAD = 0.5  # standard deviation of a drawn weight, in a matrix of up to so many columns:
COLUMNS = 8  # with more, its products would be so large that a softmax of them magnifies float32's rounding
# Of the judge's tolerance: another right order of operations may be some times as far from the exact answer as ours
OWN_SHARE = 0.2


def prepare(exercise: Exercise, case: Case, secret: bytes, student: str, store=None, load=None) -> tuple[dict, dict]:
    """(request, expected reply): inputs from the secret, values in float64, dtypes as the reference's own.

    Inputs that do not serve are drawn again: those to which float32 and float64 give answers too far apart for the
    judge, so that a right answer could be called wrong; and those that do not separate what the case is to separate.
    """
    for attempt in range(ATTEMPTS):
        key = (secret, student, exercise.name, case.name, *([str(attempt)] if attempt else []))
        request, expected, own = _drawn(exercise, case, Draw(*key))
        if _is_exact(own, expected, load) and _separates(exercise, case, request, own):
            break
    return (request, expected) if store is None else _drawn(exercise, case, Draw(*key), store, load)[:2]


def _drawn(exercise: Exercise, case: Case, draw: Draw, store=None, load=None) -> tuple[dict, dict, dict]:
    """(request, expected reply, the reference's own reply)."""
    namespace = reference(find(exercise.name)[0])
    raw = case.steps(draw)
    raw = raw if isinstance(raw, list) else [raw]
    request = {"steps": [_encoded(step, exercise, store) for step in raw], "seed": draw.seed()}
    if exercise.forbidden:
        request["watch"] = watch_list(exercise.forbidden)
    _add_weights(request, raw, exercise, namespace, draw, store, load)
    _add_cotangents(request, raw, namespace, draw, store, load)
    own = run(request, namespace, load, store=store)
    sizes = {number: list(step["sizes"]) for number, step in enumerate(raw) if "sizes" in step}
    return request, expect(request, own, namespace, sizes, load, store), own


def expect(request: dict, own: dict, namespace: dict, sizes: dict[int, list[int]], load=None, store=None) -> dict:
    """What the code in `namespace` answers in float64, with the dtypes of its `own` reply noted beside.

    `sizes`: per step that must raise, what has to be readable in the message. Raises AssertionError if another raises.
    """
    double = run(request, namespace, load, upcast=True, store=store)
    for number, (step, native) in enumerate(zip(double["steps"], own["steps"], strict=True)):
        if "raised" in native:
            if number not in sizes:
                raise AssertionError(f"step {number} of the reference raises {native['raised']}")
            fault = {"types": native["raised"]["types"], "message": "", "sizes": sizes[number]}
            double["steps"][number] = {"raised": fault}
            break
        step["dtypes"] = native.get("dtypes", [])
        grads = [wire.decode(grad, load) for grad in native.get("grads", {}).values()]
        if grads and isinstance(grads[0], torch.Tensor):  # of copies it is only said which are 0
            step["grad_dtype"] = str(grads[0].dtype)[6:]
    return double


def _is_exact(own: dict, expected: dict, load=None) -> bool:
    """Whether the reference's own answer is well within the judge's tolerance."""
    if differences(own, expected, load):
        return False
    for native, double in zip(own["steps"], expected["steps"], strict=True):
        pairs = [(native.get("value"), double.get("value"))]
        pairs += [(grad, double["grads"][key]) for key, grad in native.get("grads", {}).items()]
        for pair in pairs:
            ours, exact = (harness.tensors_of(wire.decode(value, load)) for value in pair)
            for one, other in zip(ours, exact, strict=True):
                relative, absolute = TOLERANCE.get(str(one.dtype)[6:], (0.0, 0.0))
                room = OWN_SHARE * (absolute + relative * other.double().abs())
                if one.is_floating_point() and bool(((one.double() - other).abs() > room)[one != other].any()):
                    return False
    return True


def _separates(exercise: Exercise, case: Case, request: dict, right: dict) -> bool:
    """Whether all mistakes that the case is to separate answer otherwise than the reference, and than one another."""
    answers = [right]
    for mistake in exercise.mistakes:
        if mistake.name in case.separates:
            answer = run(request, namespace_of(exercise, mistake))
            if any(same(answer, other) for other in answers):
                return False
            answers.append(answer)
    return True


def run(request: dict, namespace: dict, load=None, upcast: bool = False, store=None) -> dict:
    """The harness on trusted code: nothing is watched, since only students are forbidden anything."""
    trusted = {key: value for key, value in request.items() if key != "watch"}
    if not any(step.get("times") for step in request["steps"]):
        return harness.run(trusted, namespace, load=load, upcast=upcast, store=store)
    # of many copies only what they have in common is kept
    return folded(trusted, harness.run(trusted, namespace, load=load, upcast=upcast), load, store)


def _encoded(step: dict, exercise: Exercise, store) -> dict:
    def encoded(value: object) -> object:
        kept = isinstance(value, dict) and (set(value) == {"ref"} or set(value) == {"refs"})
        return value if kept else wire.encode(value, store)

    data = {"do": step["do"], "name": step["name"] or exercise.name}
    if step["do"] in ("call", "build"):
        data["args"] = [encoded(value) for value in step["args"]]
        data["kwargs"] = {key: encoded(value) for key, value in step["kwargs"].items()}
    if isinstance(step.get("state"), dict):
        data["state"] = {name: wire.encode(weight, store) for name, weight in step["state"].items()}
    for key in ("as", "train", "strided", "double", "half", "times", "differ", "weights", "recorded"):
        if step.get(key):
            data[key] = step[key]
    return data


def _add_weights(request: dict, raw: list[dict], exercise: Exercise, namespace: dict, draw: Draw, store, load) -> None:
    """Independent random weights for every parameter, so that no two can be exchanged unnoticed."""
    numbers = [number for number, step in enumerate(raw) if step.get("state") is True]
    built = run({"steps": [request["steps"][number] for number in numbers]}, namespace, load)["steps"]
    for number, result in itertools.zip_longest(numbers, built):  # the first that raises is the last that is built
        if result is None or "raised" in result:  # what is to be refused must not be known by its lack of weights
            if not raw[number].get("like"):
                message = f"{exercise.name}: a build is refused and nothing says which weights it would have had"
                raise ValueError(f"{message}; say it with raises(…, like=build(…))")
            like = _encoded(raw[number]["like"], exercise, None)
            [result] = run({"steps": [like]}, namespace)["steps"]
        shapes = result.get("parameters", {})
        dtype = torch.float64 if raw[number]["double"] else torch.float32
        fixed = raw[number].get("fixed", {})
        request["steps"][number]["state"] = {
            name: wire.encode(fixed.get(name, draw.normal(*shape, scale=_spread(shape), dtype=dtype)), store)
            for name, shape in shapes.items()
        }


def _spread(shape: list[int]) -> float:
    return SPREAD * min(1.0, math.sqrt(COLUMNS / shape[-1])) if len(shape) == 2 else SPREAD


def _add_cotangents(request: dict, raw: list[dict], namespace: dict, draw: Draw, store, load) -> None:
    numbers = [number for number, step in enumerate(raw) if step.get("grad")]
    if not numbers:
        return
    results = harness.run({"steps": request["steps"][: numbers[-1] + 1]}, namespace, load=load)["steps"]
    for number in numbers:
        outputs = [t for t in harness.tensors_of(wire.decode(results[number]["value"])) if t.is_floating_point()]
        shapes = [out.shape for out in outputs]
        if copies := raw[number].get("times"):
            shapes = [(batch // copies, *shape) for batch, *shape in shapes]
        request["steps"][number]["grad"] = [
            wire.encode(draw.normal(*shape, dtype=torch.float64), store) for shape in shapes
        ]
