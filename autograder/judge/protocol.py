"""What is said between the judge and a student's kernel. Pure: it makes code to send and reads what comes back.

The kernel gets the harness, stand-ins for what is not under judgement, and inputs; it answers with arrays. The answer
comes back in the shell reply of `user_expressions`, so that nothing printed can mix in. It is data from a hostile
process: its size is checked before it is parsed, and its shape before it is used.
"""

from __future__ import annotations

import ast
import builtins
import json
from functools import cache
from pathlib import Path

import coach

COACH = Path(coach.__file__).parent
HARNESS = ("wire", "watch", "harness")  # all of the coach that a judged kernel sees
STAND_IN_FILE = "coach/standins/judge.py"  # where `coach.watch`, installed as below, takes stand-ins to lie
MAX_REPLY = 16 << 20  # characters
MAX_STEPS = 64
MAX_NAMES = 200  # dtypes, parameters, changed inputs in one step
MAX_NAME = 200
MAX_MESSAGE = 1_000

# Exceptions that may be named to a student; another name could be made of a hidden input
KNOWN_ERRORS = frozenset(
    name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)
)

_INSTALL = """
def _install(name, source):
    import sys, types
    module = types.ModuleType(name)
    module.__file__ = name.replace(".", "/") + ".py"
    if name == "coach":
        module.__path__ = []
    sys.modules[name] = module
    parent, _, last = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], last, module)
    exec(compile(source, module.__file__, "exec"), vars(module))
"""


class BadReply(ValueError):
    """The kernel's answer is not one of the harness's; the text says how."""


@cache
def prelude() -> str:
    """Code that brings the harness into a fresh kernel, as a package `coach` with nothing else in it.

    Who ends an exercise's own cell with `check(...)` has done nothing wrong: it does nothing here.
    """
    lines = [_INSTALL, "_install('coach', '')"]
    lines += [f"_install('coach.{name}', {(COACH / f'{name}.py').read_text('utf-8')!r})" for name in HARNESS]
    return "\n".join([*lines, "del _install", "check = hint = progress = lambda *_, **__: None"])


@cache
def stand_ins(module: str, names: tuple[str, ...] | None = None) -> str:
    """The source of a module's stand-ins; with `names`, of those and of what they call, and of nothing else.

    What is still to be judged must not lie in the kernel, not even as a helper: `f.__globals__` would find it.
    """
    tree = ast.parse((COACH / "standins" / f"{module}.py").read_text("utf-8"))
    if names is not None:
        kept = _called_by(names, {node.name: node for node in tree.body if hasattr(node, "name")})
        tree.body = [node for node in tree.body if getattr(node, "name", None) in (None, *kept)]
    return ast.unparse(tree)


def _called_by(names: tuple[str, ...], defined: dict[str, ast.AST]) -> set[str]:
    """`names`, and all names in `defined` that their code leads to."""
    found, pending = set(), list(names)
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            used = {node.id for node in ast.walk(defined[name]) if isinstance(node, ast.Name)}
            pending += used & defined.keys()
    return found


def stand_in_code(module: str, names: tuple[str, ...]) -> str:
    """Code that binds `names` to the stand-ins of `module`, for the learner's code and for the harness.

    The file name tells the watch that they are ours.
    """
    source = stand_ins(module, names)
    lines = [
        "_stand_ins = {'__name__': 'standins'}",
        f"exec(compile({source!r}, {STAND_IN_FILE!r}, 'exec'), _stand_ins)",
        "from coach.harness import GIVEN as _given",
    ]
    lines += [f"{name} = _given[{name!r}] = _stand_ins[{name!r}]" for name in names]
    return "\n".join([*lines, "del _stand_ins, _given"])


def carried_module(module: str) -> str:
    """Code that makes `carry_over(module)` answer with the stand-ins of an earlier lesson.

    Stand-ins of later lessons are made of them, and import them under their own name.
    """
    source, name = stand_ins(module), f"coach.standins.{module}"
    return (
        "import sys as _sys, types as _types\n"
        "_package = _sys.modules.setdefault('coach.standins', _types.ModuleType('coach.standins'))\n"
        "_package.__path__ = []\n"
        f"_module = _sys.modules[{name!r}] = _types.ModuleType({name!r})\n"
        f"setattr(_package, {module!r}, _module)\n"
        f"exec(compile({source!r}, {STAND_IN_FILE!r}, 'exec'), vars(_module))\n"
        f"globals().setdefault('_carried', {{}})[{module!r}] = _module\n"
        "carry_over = _carried.__getitem__\n"
        "del _module, _package, _sys, _types"
    )


def question(requests: list[dict]) -> str:
    """The expression whose value is the list of replies to `requests`, as JSON text."""
    return f"__import__('coach.harness', fromlist=['serve']).serve({json.dumps(requests)!r}, globals())"


def read_replies(text: str | None, count: int, most: int = MAX_REPLY) -> list[dict]:
    """The `count` replies in `text` of at most so many characters, with known keys and types only. Raises BadReply."""
    if text is None or len(text) > most:
        raise BadReply("the answer is missing or too large")
    try:
        data = json.loads(text, parse_int=_bounded_int)
    except (ValueError, RecursionError):
        raise BadReply("the answer is not JSON") from None
    if not isinstance(data, list) or len(data) != count:
        raise BadReply("the answer is not one reply to each request")
    return [_reply(reply) for reply in data]


def _reply(data: object) -> dict:
    steps = data.get("steps") if isinstance(data, dict) else None
    if not isinstance(steps, list) or not 1 <= len(steps) <= MAX_STEPS:
        raise BadReply("a reply has no steps")
    return {"steps": [_step(step) for step in steps], "used": _names(data.get("used", []))}


def _bounded_int(text: str) -> int:
    if len(text) > 20:
        raise ValueError("a number is too long")
    return int(text)


def _names(value: object) -> list[str]:
    if not isinstance(value, list) or len(value) > MAX_NAMES or not all(isinstance(item, str) for item in value):
        raise BadReply("a list of names is malformed")
    return [item[:MAX_NAME] for item in value]


def _step(step: object) -> dict:
    if not isinstance(step, dict):
        raise BadReply("a step is malformed")
    if "raised" in step:
        return {"raised": _raised(step["raised"])}
    clean: dict = {"value": step.get("value")}
    for key in ("dtypes", "changed"):
        if key in step:
            clean[key] = _names(step[key])
    if "grads" in step:
        grads = step["grads"]
        if not isinstance(grads, dict) or len(grads) > MAX_NAMES:
            raise BadReply("the gradients are malformed")
        clean["grads"] = grads
    if "parameters" in step:
        clean["parameters"] = _parameters(step["parameters"])
    return clean


def _parameters(value: object) -> dict[str, list[int]]:
    if not isinstance(value, dict) or len(value) > MAX_NAMES:
        raise BadReply("the parameters are malformed")
    for shape in value.values():
        if not isinstance(shape, list) or len(shape) > 8 or not all(type(size) is int for size in shape):
            raise BadReply("the parameters are malformed")
    return {name[:MAX_NAME]: shape for name, shape in value.items()}


def _raised(fault: object) -> dict:
    if not isinstance(fault, dict):
        raise BadReply("an error is malformed")
    types = _names(fault.get("types"))[:8]
    message = fault.get("message")
    return {
        "types": types or ["Exception"],
        "message": message[:MAX_MESSAGE] if isinstance(message, str) else "",
        "memory": fault.get("memory") is True,
    }
