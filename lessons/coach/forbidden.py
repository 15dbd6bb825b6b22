"""Reads a cell's source for what its exercise forbids. Pure; used by `check` and by the judge.

Two kinds of findings. *Forbidden*: the one thing that is the exercise itself, under any name that can be resolved by
reading, and the doors through which it could be reached unseen (exec, importlib, torch.ops, …). *Review*: something
that hides what it does, such as `getattr` with a computed name; a person decides.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from coach.casebook import Forbidden

# Where answers lie. Never imported by a solution, whatever its exercise forbids.
ANSWERS = {"coach", "autograder", "my_transformer"}
# Reaching code by a name that cannot be read in the source. Closed where an exercise forbids something; elsewhere
# there is nothing to reach, and what a program may do to the machine is the sandbox's business.
DOORS = {
    "exec", "eval", "compile", "__import__", "globals", "locals", "vars", "breakpoint", "get_ipython",
    "__builtins__", "__loader__",
}  # fmt: skip
DOOR_MODULES = {
    "importlib", "builtins", "ctypes", "cffi", "inspect", "gc", "pickle", "marshal", "imp", "runpy", "pkgutil",
    "IPython", "ipykernel", "code", "zipimport",
}  # fmt: skip
DOORS_OF_SYS = {"modules", "_getframe", "meta_path", "path_hooks", "_current_frames"}
DOOR_ATTRIBUTES = {
    "ops", "_C", "_VF", "__dict__", "__globals__", "__builtins__", "__subclasses__", "__code__", "__closure__",
    "__getattribute__", "__import__", "__loader__", "__spec__", "__class_getitem__", "__self__", "f_globals",
    "gi_frame", "__torch_function__", "__torch_dispatch__", "_dispatch",
}  # fmt: skip
DOOR_SENTENCE = "Write the exercise with ordinary calls: code that reaches others by hidden names is not graded."


@dataclass(frozen=True)
class Finding:
    """Something forbidden (or, with `review`, to be looked at by a person) on a line of the cell."""

    name: str
    line: int
    instead: str
    review: bool = False


def find(source: str, forbidden: tuple[Forbidden, ...]) -> list[Finding]:
    """All findings in a cell's source, by line. A cell that does not parse has none: it will not run either."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    reader = _Reader(forbidden)
    try:
        reader.visit(tree)
    except RecursionError:
        return [Finding("deeply nested code", 1, "Write the exercise in a simpler way.", review=True)]
    return sorted(set(reader.findings), key=lambda f: (f.line, f.name))


class _Reader(ast.NodeVisitor):
    def __init__(self, forbidden: tuple[Forbidden, ...]) -> None:
        self.findings: list[Finding] = []
        self._rules = {name: rule for rule in forbidden for name in rule.names}
        # F.softmax, x.softmax and torch.softmax end in the same word
        self._closed_names = DOORS if forbidden else set()
        self._closed_modules = DOOR_MODULES | ANSWERS if forbidden else ANSWERS
        self._closed_attributes = DOOR_ATTRIBUTES if forbidden else set()
        self._last: dict[str, Forbidden] = {}
        for name, rule in self._rules.items():
            self._last.setdefault(name.rsplit(".", 1)[-1], rule)

    def _forbid(self, name: str, node: ast.AST, instead: str = DOOR_SENTENCE) -> None:
        self.findings.append(Finding(name, getattr(node, "lineno", 1), instead))

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            parts = alias.name.split(".")
            if parts[0] in self._closed_modules or self._closed_attributes & set(parts):
                self._forbid(alias.name, node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        parts = module.split(".")
        if parts[0] in self._closed_modules or self._closed_attributes & set(parts) or node.level:
            self._forbid(module or ".", node)
        for alias in node.names:
            if alias.name in self._last and module.split(".")[0] == "torch":
                self._forbid(f"{module}.{alias.name}", node, self._last[alias.name].instead)
            elif alias.name in self._closed_attributes or self._rules and alias.name == "*" and parts[0] == "torch":
                self._forbid(f"{module}.{alias.name}", node)
            elif self._rules and parts[0] == "sys" and alias.name in DOORS_OF_SYS:
                self._forbid(f"{module}.{alias.name}", node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in self._last:
            self._forbid(_as_written(node), node, self._last[node.attr].instead)
        elif (
            node.attr in self._closed_attributes
            or self._is_door_of_sys(node)
            or (self._rules and node.attr in DOOR_MODULES - {"code"} and isinstance(node.value, ast.Name))
        ):
            self._forbid(node.attr, node)
        self.generic_visit(node)

    def _is_door_of_sys(self, node: ast.Attribute) -> bool:
        """`sys.modules`, also when sys is reached through a module that has imported it, as in `torch.sys`."""
        owner = getattr(node.value, "attr", getattr(node.value, "id", ""))
        return bool(self._rules) and owner == "sys" and node.attr in DOORS_OF_SYS

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in self._closed_names:
            self._forbid(node.id, node)
        elif node.id in ("getattr", "attrgetter", "methodcaller", "setattr", "delattr", "type"):
            self._look_up(node)

    def visit_Call(self, node: ast.Call) -> None:
        """`getattr(x, "softmax")` is `x.softmax`; with a computed name nobody can tell by reading."""
        constant = None
        if isinstance(node.func, ast.Name) and node.func.id in ("getattr", "setattr") and len(node.args) >= 2:
            constant = node.args[1].value if isinstance(node.args[1], ast.Constant) else None
            if isinstance(constant, str):
                self.visit_Attribute(ast.copy_location(ast.Attribute(node.args[0], constant, ast.Load()), node))
        known = isinstance(constant, str) or (
            isinstance(node.func, ast.Name) and node.func.id == "type" and len(node.args) == 1
        )
        for part in ast.iter_child_nodes(node):
            if not (known and part is node.func):
                self.visit(part)

    def _look_up(self, node: ast.Name) -> None:
        if not self._rules:
            return
        sentence = f"`{node.id}` with a computed name hides what is called."
        self.findings.append(Finding(node.id, node.lineno, sentence, review=True))

    def visit_Constant(self, node: ast.Constant) -> None:
        """A forbidden name as text is only useful for reaching it by a side door."""
        if isinstance(node.value, str) and node.value in self._rules:
            self.findings.append(Finding(node.value, node.lineno, "The name stands in a text.", review=True))


def _as_written(node: ast.Attribute) -> str:
    """`F.softmax` for a chain of names, else `….softmax`."""
    names, value = [node.attr], node.value
    while isinstance(value, ast.Attribute):
        names.append(value.attr)
        value = value.value
    names.append(value.id if isinstance(value, ast.Name) else "…")
    return ".".join(reversed(names))
