"""Reads a cell's source for what its exercise forbids. Pure; used by `check` and by the judge.

Two kinds of findings. *Forbidden*: the one thing that is the exercise itself, under any name that can be resolved by
reading, and the doors through which it could be reached unseen (exec, importlib, torch.ops, …). *Review*: something
that hides what it does, such as `getattr` with a computed name; a person decides.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from coach.casebook import Forbidden

# Reaching code by a name that cannot be read in the source; no exercise needs any of these.
DOORS = {
    "exec", "eval", "compile", "__import__", "globals", "locals", "vars", "breakpoint", "get_ipython",
    "__builtins__", "__loader__",
}  # fmt: skip
DOOR_MODULES = {
    "importlib", "builtins", "ctypes", "cffi", "inspect", "gc", "sys", "os", "subprocess", "pickle", "marshal", "imp",
    "runpy", "pkgutil", "coach", "autograder", "IPython", "ipykernel", "my_transformer", "signal", "types", "code",
    "zipimport", "multiprocessing", "socket", "shutil", "pathlib", "tempfile", "threading", "operator",
}  # fmt: skip
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
        self._last = {name.rsplit(".", 1)[-1]: (name, rule) for name, rule in self._rules.items()}

    def _forbid(self, name: str, node: ast.AST, instead: str = DOOR_SENTENCE) -> None:
        self.findings.append(Finding(name, getattr(node, "lineno", 1), instead))

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            if alias.name.split(".")[0] in DOOR_MODULES or set(alias.name.split(".")) & DOOR_ATTRIBUTES:
                self._forbid(alias.name, node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        if module.split(".")[0] in DOOR_MODULES or set(module.split(".")) & DOOR_ATTRIBUTES or node.level:
            self._forbid(module or ".", node)
        for alias in node.names:
            if alias.name in self._last and module.split(".")[0] == "torch":
                name, rule = self._last[alias.name]
                self._forbid(name, node, rule.instead)
            elif alias.name in DOOR_ATTRIBUTES or (alias.name == "*" and module.split(".")[0] == "torch"):
                self._forbid(f"{module}.{alias.name}", node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in self._last:
            name, rule = self._last[node.attr]
            self._forbid(name, node, rule.instead)
        elif node.attr in DOOR_ATTRIBUTES:
            self._forbid(node.attr, node)
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in DOORS or node.id in DOOR_MODULES:
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
        sentence = f"`{node.id}` with a computed name hides what is called."
        self.findings.append(Finding(node.id, node.lineno, sentence, review=True))

    def visit_Constant(self, node: ast.Constant) -> None:
        """A forbidden name as text is only useful for reaching it by a side door."""
        if isinstance(node.value, str) and node.value in self._rules:
            self.findings.append(Finding(node.value, node.lineno, "The name stands in a text.", review=True))
