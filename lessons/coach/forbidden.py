"""Reads a cell's source for what its exercise forbids. Pure; used by `check` and by the judge.

Two kinds of findings. *Forbidden*: the one thing that is the exercise itself, under any name that can be resolved by
reading, and the doors through which it could be reached unseen (exec, importlib, torch.ops, …). *Review*: something
that hides what it does, such as `getattr` with a computed name; a person decides.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from coach import bound
from coach.casebook import Forbidden
from coach.course import LESSONS
from coach.doors import (
    ANSWERS,
    DOOR_ATTRIBUTES,
    DOOR_MODULES,
    DOORS,
    DOORS_OF_SYS,
    HIDERS,
    INNER_TORCH,
    PLAIN_DUNDERS,
    PLAIN_METHODS,
    PLAIN_MODULES,
    PLAIN_SUBMODULES,
    PLAIN_TO_SET,
)
from coach.magics import plain_python
from coach.vocabulary import SET_ON_TENSORS, foreign_modules, never_own, plain_names

DOOR_SENTENCE = "Write the exercise with ordinary calls: code that reaches others by hidden names is not graded."


MAX_WRITTEN = 120  # characters of a name that a message repeats


@dataclass(frozen=True)
class Finding:
    """Something forbidden (or, with `review`, to be looked at by a person) on a line of the cell."""

    name: str
    line: int
    instead: str
    review: bool = False


def find(source: str, forbidden: tuple[Forbidden, ...], before: Iterable[str] = ()) -> list[Finding]:
    """All findings in a cell's source, by line. What cannot be read is for a person to see, should it run.

    before: the cells that have run in the same kernel; they may have given a name another meaning.
    """
    text, magics = plain_python(source)
    found = [Finding(m.name, m.line, DOOR_SENTENCE, m.review) for m in magics] if forbidden else []
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return (
            [*found, Finding("code that cannot be read", 1, "It is no plain Python.", review=True)] if forbidden else []
        )
    # names that stand for an earlier lesson's own code: `attention`, unless the learner's cells say otherwise
    carried = set(LESSONS.values()) - bound.names_in(tree) - bound.names_left_by(before)
    reader = _Reader(forbidden, carried, bound.attributes_in(tree) - never_own())
    reader.findings += found
    try:
        reader.visit(tree)
    except RecursionError:
        return [Finding("deeply nested code", 1, "Write the exercise in a simpler way.", review=True)]
    return sorted(set(reader.findings), key=lambda f: (f.line, f.name))


class _Reader(ast.NodeVisitor):
    def __init__(self, forbidden: tuple[Forbidden, ...], carried: set[str], own: set[str]) -> None:
        self.findings: list[Finding] = []
        self._carried, self._own = carried, own
        self._rules = {name: rule for rule in forbidden for name in rule.names}
        # F.softmax, x.softmax and torch.softmax end in the same word
        self._closed_names = DOORS if forbidden else set()
        self._closed_modules = DOOR_MODULES | ANSWERS if forbidden else ANSWERS
        self._closed_attributes = DOOR_ATTRIBUTES if forbidden else set()
        # modules that lie in others: `enum.bltns`
        self._closed_inside = DOOR_MODULES - {"code"} | foreign_modules() - plain_names() if forbidden else set()
        self._last: dict[str, Forbidden] = {}
        for name, rule in self._rules.items():
            self._last.setdefault(name.rsplit(".", 1)[-1], rule)

    def _forbid(self, name: str, node: ast.AST, instead: str = DOOR_SENTENCE) -> None:
        self.findings.append(Finding(name, getattr(node, "lineno", 1), instead))

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            parts = alias.name.split(".")
            self._look_at_module(parts, node)
            if parts[0] in self._closed_modules or self._closed_attributes & set(parts):
                self._forbid(alias.name, node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        parts = module.split(".")
        self._look_at_module(parts, node)
        if parts[0] in self._closed_modules or self._closed_attributes & set(parts) or node.level:
            self._forbid(module or ".", node)
        for alias in node.names:
            self._look_at_name(alias.name, node)
            if alias.name in self._last:
                self._forbid(f"{module}.{alias.name}", node, self._last[alias.name].instead)
            elif alias.name in self._closed_attributes or self._rules and alias.name == "*" and parts[0] == "torch":
                self._forbid(f"{module}.{alias.name}", node)
            elif self._rules and (
                alias.name in self._closed_inside or parts[0] == "sys" and alias.name in DOORS_OF_SYS
            ):
                self._forbid(f"{module}.{alias.name}", node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        own = isinstance(node.value, ast.Name) and node.value.id in self._carried  # what learners wrote themselves
        if node.attr in self._last and not own:
            self._forbid(_as_written(node), node, self._last[node.attr].instead)
        elif node.attr in self._closed_attributes or self._is_door_of_sys(node) or node.attr in self._closed_inside:
            self._forbid(node.attr, node)
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        if not own and (owner not in ("self", "cls") or node.attr.startswith("__")):
            self._look_at_name(node.attr, node)
            if not isinstance(node.ctx, ast.Load) and node.attr not in SET_ON_TENSORS:
                self._review(node.attr, node, "It is set on something that this cell may not have made.")
        self.generic_visit(node)

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        """`case object(softmax=f)` reads an attribute too; `case Kind(f)` one whose name stands somewhere else."""
        if node.patterns:
            self._review("case …(…)", node, "It reads attributes whose names are not written here.")
        for name in node.kwd_attrs:
            self.visit_Attribute(ast.copy_location(ast.Attribute(node.cls, name, ast.Load()), node))
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if node.name in self._closed_attributes:
            self._review(node.name, node, "It is called where nobody calls it by name.")
        elif _is_dunder(node.name) and node.name not in PLAIN_METHODS:
            self._review(node.name, node, "It is called where nobody calls it by name.")
        self.generic_visit(node)

    def _look_at_module(self, parts: list[str], node: ast.AST) -> None:
        if parts[0] not in PLAIN_MODULES or (len(parts) > 1 and ".".join(parts) not in PLAIN_SUBMODULES):
            self._review(".".join(parts), node, "An exercise does not need this module.")

    def _look_at_name(self, name: str, node: ast.AST) -> None:
        """What an attribute or imported name tells by itself: whether it is one that exercises need."""
        if not self._rules or name in self._closed_attributes:
            return
        dunder = _is_dunder(name)
        rule = next((self._last[last] for last in self._last if last.lower() in name.lower()), None)
        if name.startswith("_") and not dunder and rule:
            self._forbid(name, node, rule.instead)
        elif name in HIDERS or name in INNER_TORCH:
            self._review(name, node, f"`{name}` can hide what is called.")
        elif name.startswith("_") and name not in PLAIN_DUNDERS:
            self._review(name, node, "Names with an underscore are not meant to be used from outside.")
        elif not (dunder or name in plain_names() or name in self._own or name == "*"):
            self._review(name, node, "No exercise needs it.")

    def _review(self, name: str, node: ast.AST, sentence: str) -> None:
        if self._rules:
            self.findings.append(Finding(name, getattr(node, "lineno", 1), sentence, review=True))

    def _is_door_of_sys(self, node: ast.Attribute) -> bool:
        """`sys.modules`, also when sys is reached through a module that has imported it, as in `torch.sys`."""
        owner = getattr(node.value, "attr", getattr(node.value, "id", ""))
        return bool(self._rules) and owner == "sys" and node.attr in DOORS_OF_SYS

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in self._closed_names:
            self._forbid(node.id, node)
        elif node.id in HIDERS or node.id in ("type", "open") or _is_hidden_attribute(node):
            self._review(node.id, node, f"`{node.id}` can hide what is called.")

    def visit_Call(self, node: ast.Call) -> None:
        """`getattr(x, "softmax")` is `x.softmax`; with a computed name nobody can tell by reading."""
        constant = None
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if called == "wraps" and len(node.args) + len(node.keywords) > 1:
            self._review("wraps", node, "With more than one argument, `wraps` can hide what is called.")
        if isinstance(node.func, ast.Name) and node.func.id in ("getattr", "setattr") and len(node.args) >= 2:
            constant = node.args[1].value if isinstance(node.args[1], ast.Constant) else None
            if isinstance(constant, str):  # this reads the first argument, too; twice at each level would take for ever
                self.visit_Attribute(ast.copy_location(ast.Attribute(node.args[0], constant, ast.Load()), node))
        known = isinstance(constant, str) or (
            isinstance(node.func, ast.Name) and node.func.id == "type" and len(node.args) == 1
        )
        for part in ast.iter_child_nodes(node):
            if not (known and part is node.func) and not (isinstance(constant, str) and part is node.args[0]):
                self.visit(part)

    def visit_Constant(self, node: ast.Constant) -> None:
        """A forbidden name as text is only useful for reaching it by a side door."""
        if isinstance(node.value, str) and (node.value in self._rules or node.value in self._last):
            self._review(node.value, node, "The name stands in a text.")


def _is_hidden_attribute(node: ast.Name) -> bool:
    """`__dict__ = …`, `__annotations__ = …` in the body of a class: read where nobody reads it by name."""
    plain = PLAIN_DUNDERS if isinstance(node.ctx, ast.Load) else PLAIN_TO_SET
    return _is_dunder(node.id) and node.id not in plain


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _as_written(node: ast.Attribute) -> str:
    """`F.softmax` for a chain of names, else `….softmax`."""
    names, value = [node.attr], node.value
    while isinstance(value, ast.Attribute):
        names.append(value.attr)
        value = value.value
    names.append(value.id if isinstance(value, ast.Name) else "…")
    return ".".join(reversed(names))[-MAX_WRITTEN:]
