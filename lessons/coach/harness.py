"""Runs a request against student code and reports what happened; the same file serves every side.

`check` runs public cases with it, the judge sends its source into the student's kernel, and the reference and the
mistakes are run with it to know what to expect. A request is plain JSON:

    {"steps": [step, …], "seed": 7, "watch": {"torch.softmax": ["aten::_softmax", …], …}}

    call   {"do": "call", "name": "f", "args": [value, …], "kwargs": {…}, "grad": [cotangent, …], "as": "x"}
    build  {"do": "build", "name": "Layer", "args": …, "kwargs": …, "state": {name: tensor}, "train": false, "as": "m"}
           ("double": true turns the module into float64 before its weights are loaded, "half": true into float16; with
           "recorded": true, "m.recorded" says afterwards whether a part has answered with what a gradient would need)
    load   {"do": "load", "name": "m", "state": {name: tensor}, "train": false}: other weights, and a mode
    get    {"do": "get", "name": "m.length"}

`as` keeps a result for later steps, where {"ref": "m"} stands for it, {"refs": ["m", "n"]} for a list of two, and
"m.method" calls it. With `times`, that many copies of the inputs (and cotangents) are one batch; what their answers
have in common is worked out outside of the kernel (coach.copies). With `grad`, the gradients of Σ output · cotangent
are returned for every floating input and every weight in use, or, with `weights`, for the weights alone; an output
without a graph counts as gradient zero. The reply is {"steps": [result, …], "used": [watched name, …]}; a step that
raises ends it. Nothing a student's code does makes `run` itself raise, except killing the process.
"""

from __future__ import annotations

import builtins
import json
import random
import traceback

import torch

from coach import wire
from coach.watch import Watch

# Not torch.manual_seed, which queues a call for every absent accelerator and takes longer than most exercises. Taken
# here, before a student's code can put its own in their place
SEEDS = (torch.default_generator.manual_seed, random.seed)
# What is already judged, by its stand-in, in a judge's kernel: a cell must not choose the model that it is asked with
GIVEN: dict[str, object] = {}
# A message is for the learner's own eyes (public cases); longer ones do not help
MAX_MESSAGE = 500


def serve(text: str, namespace: dict) -> str:
    """`run` for a kernel: a list of requests and the list of their replies, as JSON text."""
    return json.dumps([run(request, namespace) for request in json.loads(text)])


def run(request: dict, namespace: dict, load=None, upcast: bool = False, store=None) -> dict:
    """The reply to `request` from the functions and classes in `namespace`.

    `load` finds tensors kept outside the request, `store` keeps result tensors outside the reply (see wire);
    `upcast` computes in float64 whatever the inputs' dtype: the judge's yardstick.
    """
    kept: dict[str, object] = {}
    steps: list[dict] = []
    watch = Watch(request.get("watch") or {})
    with watch:  # all the time: describing a fault and encoding a tuple may run what a student wrote, too
        for seed in SEEDS:
            seed(request.get("seed", 0))
        for step in request["steps"]:
            try:
                result = _ACTIONS[step["do"]](step, namespace, kept, load, upcast)
                result["value"] = wire.encode(result.get("value"), store)
                if "grads" in result:
                    result["grads"] = {key: wire.encode(grad, store) for key, grad in result["grads"].items()}
            except BaseException as fault:
                if isinstance(fault, KeyboardInterrupt) and request.get("interruptible"):
                    raise
                result = {"raised": _describe(fault)}
            steps.append(result)
            if "raised" in result:
                break
    return {"steps": steps, "used": watch.used}


def _arguments(step: dict, kept: dict, load, upcast: bool) -> tuple[list, dict]:
    def decoded(item: object) -> object:
        if isinstance(item, dict) and set(item) == {"ref"}:
            return kept[item["ref"]]
        if isinstance(item, dict) and set(item) == {"refs"}:
            return [kept[name] for name in item["refs"]]
        value = wire.decode(item, load)
        if isinstance(value, torch.Tensor):
            value = _prepared(value, step.get("strided", False), upcast)
        return value

    return [decoded(item) for item in step.get("args", [])], {k: decoded(v) for k, v in step.get("kwargs", {}).items()}


def _prepared(tensor: torch.Tensor, strided: bool, upcast: bool) -> torch.Tensor:
    tensor = tensor.double() if upcast and tensor.is_floating_point() else tensor.clone()
    if strided and tensor.dim() >= 2:  # same values, another memory order
        tensor = tensor.transpose(-1, -2).contiguous().transpose(-1, -2)
    return tensor


def _find(name: str, namespace: dict, kept: dict) -> object:
    first, *rest = name.split(".")
    place = next((place for place in (kept, GIVEN, namespace) if first in place), None)
    if place is None:
        raise NameError(f"name '{first}' is not defined")
    target = place[first]
    for part in rest:
        target = getattr(target, part)
    return target


def _call(step: dict, namespace: dict, kept: dict, load, upcast: bool) -> dict:
    target = _find(step["name"], namespace, kept)
    args, kwargs = _arguments(step, kept, load, upcast)
    args = [_repeated(arg, step) for arg in args]
    given = {f"argument {i + 1}": a for i, a in enumerate(args)} | kwargs
    before = {key: _copied(value) for key, value in given.items()}
    inputs = {key: value for key, value in given.items() if isinstance(value, torch.Tensor) and not step.get("weights")}
    cotangents = step.get("grad")
    if cotangents is not None:
        for value in inputs.values():
            if value.is_floating_point():
                value.requires_grad_(True)
    value = target(*args, **kwargs)
    if "as" in step:
        kept[step["as"]] = value
    with torch.no_grad():
        changed = [key for key, old in before.items() if not _identical(old, given[key])]
    result = {"value": value, "dtypes": [str(t.dtype)[6:] for t in tensors_of(value)], "changed": changed}
    if cotangents is not None:
        cotangents = [_repeated(wire.decode(cotangent, load), step) for cotangent in cotangents]
        result["grads"] = _gradients(value, cotangents, inputs, target)
    return result


def _repeated(value: object, step: dict) -> object:
    """As many copies of a tensor as the step asks for, in one batch."""
    return value.repeat(step["times"], *[1] * (value.dim() - 1)) if step.get("times") else value


def _copied(value: object) -> object:
    """What a call could change: a tensor, a list. All else stands for itself, a learner's own object above all."""
    if isinstance(value, torch.Tensor):
        return value.clone()
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _identical(old: object, new: object) -> bool:
    if isinstance(old, list):
        return isinstance(new, list) and len(old) == len(new) and all(map(_identical, old, new))
    if not isinstance(old, torch.Tensor):
        return old is new
    if not isinstance(new, torch.Tensor) or old.shape != new.shape or old.dtype != new.dtype:
        return False
    return bool(((old == new) | (old.isnan() & new.isnan())).all())


def tensors_of(value: object) -> list[torch.Tensor]:
    """All tensors in a value, depth first."""
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [t for item in value for t in tensors_of(item)] if isinstance(value, (list, tuple)) else []


def _gradients(value: object, cotangents: list, inputs: dict, target: object) -> dict:
    sources = {key: t for key, t in inputs.items() if t.is_floating_point()}
    if isinstance(target, torch.nn.Module):
        sources |= {f"weight {name}": p for name, p in target.named_parameters()}
    outputs = [t for t in tensors_of(value) if t.is_floating_point()]
    terms = [
        (out * cot.to(out.dtype)).sum()
        for out, cot in zip(outputs, cotangents, strict=False)
        if out.requires_grad and out.shape == cot.shape
    ]
    if not terms or not sources:
        return {key: torch.zeros_like(t) for key, t in sources.items()}
    grads = torch.autograd.grad(sum(terms), list(sources.values()), allow_unused=True)
    return {
        key: torch.zeros_like(source) if grad is None else grad
        for (key, source), grad in zip(sources.items(), grads, strict=True)
    }


def _build(step: dict, namespace: dict, kept: dict, load, upcast: bool) -> dict:
    args, kwargs = _arguments(step, kept, load, upcast)
    module = _find(step["name"], namespace, kept)(*args, **kwargs)
    if "as" in step:
        kept[step["as"]] = module
    if not isinstance(module, torch.nn.Module):
        return {"value": None}
    try:
        return _loaded(module, step, load, upcast)
    except BaseException as fault:
        if type(fault) in (KeyboardInterrupt, MemoryError):
            raise
        # Whoever is made without a complaint has not refused its sizes, whatever its `train` says to them. The fault is
        # not asked for its text, which may be code, too; its traceback says in which line it was raised
        raise RuntimeError("it was made, but could not be given its weights").with_traceback(
            fault.__traceback__
        ) from None


def _loaded(module: torch.nn.Module, step: dict, load, upcast: bool) -> dict:
    """Gives a module its weights and its mode."""
    shapes = {name: list(p.shape) for name, p in module.named_parameters()}
    if step.get("state") is not None:
        state = {name: wire.decode(data, load) for name, data in step["state"].items()}
        if {name: list(t.shape) for name, t in state.items()} != shapes:
            return {"value": None, "parameters": shapes, "mismatch": True}
        module.train(step.get("train", False))  # first: what a module makes of its weights here, the last step undoes
        with torch.no_grad():
            if upcast or step.get("double"):
                module.double()
            elif step.get("half"):
                module.half()
            for name, parameter in module.named_parameters():
                parameter.copy_(state[name])
    else:
        module.train(step.get("train", False))
    if step.get("recorded"):
        _listen(module)
    return {"value": None, "parameters": shapes}


def _load(step: dict, namespace: dict, kept: dict, load, upcast: bool) -> dict:
    return _loaded(_find(step["name"], namespace, kept), step, load, upcast)


def _listen(module: torch.nn.Module) -> None:
    """From now on `module.recorded` says whether a part of it has answered with a graph for gradients."""
    module.recorded = False

    def note(part: torch.nn.Module, inputs: tuple, answer: object) -> None:
        if isinstance(answer, torch.Tensor) and answer.requires_grad:
            module.recorded = True

    for part in module.children():
        part.register_forward_hook(note)


def _get(step: dict, namespace: dict, kept: dict, load, upcast: bool) -> dict:
    value = _find(step["name"], namespace, kept)
    return {"value": value, "dtypes": [str(t.dtype)[6:] for t in tensors_of(value)]}


_ACTIONS = {"call": _call, "build": _build, "load": _load, "get": _get}


def _name_of(kind: type) -> str:
    """A class that is only called ValueError is none."""
    return kind.__name__ if vars(builtins).get(kind.__name__, kind) is kind else f"another {kind.__name__}"


def _describe(fault: BaseException) -> dict:
    """The exception as plain data. `line` is the line of the student's cell that was running."""
    frames = traceback.extract_tb(fault.__traceback__)
    inner = [frame for frame in frames if frame.filename != __file__ and "coach" not in frame.filename]
    own = [frame for frame in inner if inner and frame.filename == inner[0].filename]
    try:
        message = str(fault)[:MAX_MESSAGE]
    except BaseException:  # noqa: BLE001 - a hostile __str__ must not end the run
        message = ""
    out_of_memory = isinstance(fault, MemoryError) or "can't allocate memory" in message
    return {
        "types": [_name_of(kind) for kind in type(fault).__mro__][:8],
        "message": message,
        "line": own[-1].lineno if own else None,
        "memory": out_of_memory,
    }
