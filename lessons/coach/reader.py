"""Walks through the tree of a cell and says what in it is forbidden, or for a person to see. Used by `forbidden`."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from coach import bound
from coach.casebook import Forbidden
from coach.doors import (
    ANSWERS,
    DOOR_ATTRIBUTES,
    DOOR_MODULES,
    DOORS,
    DOORS_OF_SYS,
    HIDERS,
    INNER_TORCH,
    PLAIN_DUNDERS,
    PLAIN_MODULES,
    PLAIN_SUBMODULES,
    PLAIN_TO_BIND,
)
from coach.vocabulary import PLACES, PYTHON, SET_ON_TENSORS, foreign_modules, never_own, plain_names

DOOR_SENTENCE = "Write the exercise with ordinary calls: code that reaches others by hidden names is not graded."
ANSWER_SENTENCE = "Take this line out: an exercise is judged alone, where there is nothing of the course."
MAX_WRITTEN = 120  # characters of a name that a message repeats


@dataclass(frozen=True)
class Finding:
    """Something forbidden (or, with `review`, to be looked at by a person) on a line of the cell."""

    name: str
    line: int
    instead: str
    review: bool = False


class Reader(ast.NodeVisitor):
    """Visits a cell's tree; `findings` is what it has found, with repetitions.

    carried: names of earlier lessons' modules; own: attributes of the cell's own classes; modules: imported ones.
    """

    def __init__(
        self, forbidden: tuple[Forbidden, ...], carried: set[str], own: set[str], modules: dict[str, str]
    ) -> None:
        self.findings: list[Finding] = []
        self._carried, self._modules = carried, modules
        self._own, self._own_on_self = own - never_own(), own - never_own(on_self=True)
        self._local: frozenset[str] = frozenset()  # of the function whose body is being read
        self._owners: set[int] = set()  # nodes of which an attribute is taken, by their identity
        self._rules = {name: rule for rule in forbidden for name in rule.names}
        # F.softmax, x.softmax and torch.softmax end in the same word
        self._closed_names = DOORS if forbidden else set()
        self._closed_modules = DOOR_MODULES if forbidden else set()
        self._closed_attributes = DOOR_ATTRIBUTES if forbidden else set()
        # modules that lie in others: `enum.bltns`
        self._closed_inside = DOOR_MODULES - {"code"} | foreign_modules() - plain_names() if forbidden else set()
        self._last: dict[str, Forbidden] = {}
        for name, rule in self._rules.items():
            self._last.setdefault(name.rsplit(".", 1)[-1], rule)

    def _forbid(self, name: str, node: ast.AST, instead: str = DOOR_SENTENCE) -> None:
        self.findings.append(Finding(_printable(name), getattr(node, "lineno", 1), instead))

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            parts = alias.name.split(".")
            self._look_at_module(parts, node)
            if parts[0] in ANSWERS:
                self._forbid(alias.name, node, ANSWER_SENTENCE)
            elif parts[0] in self._closed_modules or self._closed_attributes & set(parts):
                self._forbid(alias.name, node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        parts = module.split(".")
        self._look_at_module(parts, node)
        if parts[0] in ANSWERS:
            self._forbid(module, node, ANSWER_SENTENCE)
        elif parts[0] in self._closed_modules or self._closed_attributes & set(parts) or node.level:
            self._forbid(module or ".", node)
        for alias in node.names:
            self._look_at_name(alias.name, node)
            if alias.name not in PYTHON.get(module, {alias.name}):
                self._review(f"{module}.{alias.name}", node, "No exercise needs it.")
            if alias.name in self._last:
                self._forbid(f"{module}.{alias.name}", node, self._last[alias.name].instead)
            elif alias.name in self._closed_attributes or self._rules and alias.name == "*" and parts[0] == "torch":
                self._forbid(f"{module}.{alias.name}", node)
            elif self._rules and (
                alias.name in self._closed_inside or parts[0] == "sys" and alias.name in DOORS_OF_SYS
            ):
                self._forbid(f"{module}.{alias.name}", node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self._look_at_attribute(node)
        self.generic_visit(node)

    def _look_at_attribute(self, node: ast.Attribute) -> None:
        own = isinstance(node.value, ast.Name) and node.value.id in self._carried  # what learners wrote themselves
        if node.attr in self._last and not own:
            self._forbid(_as_written(node), node, self._last[node.attr].instead)
        elif node.attr in self._closed_attributes or self._is_door_of_sys(node) or node.attr in self._closed_inside:
            self._forbid(node.attr, node)
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        if own and not isinstance(node.ctx, ast.Load):
            self._review(node.attr, node, "It is set on something that this cell may not have made.")
        elif not own:
            private = owner in ("self", "cls") and node.attr in self._own_on_self
            if not private:
                self._look_at_name(node.attr, node)
            if node.attr not in PYTHON.get(self._modules.get(owner, ""), {node.attr}):
                self._review(node.attr, node, "No exercise needs it.")
            if not isinstance(node.ctx, ast.Load) and node.attr not in SET_ON_TENSORS and not private:
                self._review(node.attr, node, "It is set on something that this cell may not have made.")
        if node.attr in PLACES:
            self._look_at_value(node)
        self._owners.add(id(node.value))

    def _look_at_value(self, node: ast.Name | ast.Attribute) -> None:
        """A module is a place where names are looked up. As a value it can be searched for names in a text."""
        if isinstance(node.ctx, ast.Load) and id(node) not in self._owners:
            self._review(_as_written(node), node, "A module is used as a value.")

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        """`case object(softmax=f)` reads an attribute too; `case Kind(f)` one whose name stands somewhere else."""
        if node.patterns:
            self._review("case …(…)", node, "It reads attributes whose names are not written here.")
        for name in node.kwd_attrs:
            self._look_at_attribute(ast.copy_location(ast.Attribute(node.cls, name, ast.Load()), node))
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """What a class has of its own is read by its name, by others: `softmax: object` in a dataclass."""
        names = bound.names_of_class(node)
        for name in names & (self._last.keys() | self._closed_names | self._closed_attributes):
            self._review(name, node, "A class has a name that is closed here.")
        for name in names & never_own():
            if name.startswith("_") and not _is_dunder(name):
                self._review(name, node, "Names with an underscore are not meant to be used from outside.")
        self._visit_with(frozenset(), ast.iter_child_nodes(node))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """A variable of a function's own is no door, if it is called `vars`; in what lies within, it may be one."""
        inner = {id(statement) for statement in node.body}
        self._visit_with(frozenset(), (part for part in ast.iter_child_nodes(node) if id(part) not in inner))
        self._visit_with(bound.locals_of(node), node.body)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._review(f"async def {node.name}", node, "It runs when somebody else decides.")
        self._visit_with(frozenset(), ast.iter_child_nodes(node))

    def _visit_with(self, local: frozenset[str], parts: Iterable[ast.AST]) -> None:
        before, self._local = self._local, local
        for part in parts:
            self.visit(part)
        self._local = before

    def look_at_bound(self, tree: ast.AST) -> None:
        """`def __getattr__`, `__dict__ = …`, `case __class__:`: called or read where nobody names them."""
        for node in ast.walk(tree):
            for name in bound.names_of(node):
                if name in self._closed_attributes or _is_dunder(name) and name not in PLAIN_TO_BIND:
                    self._review(name, node, "It is called where nobody calls it by name.")

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
            self.findings.append(Finding(_printable(name), getattr(node, "lineno", 1), sentence, review=True))

    def _is_door_of_sys(self, node: ast.Attribute) -> bool:
        """`sys.modules`, also when sys is reached through a module that has imported it, as in `torch.sys`."""
        owner = getattr(node.value, "attr", getattr(node.value, "id", ""))
        return bool(self._rules) and owner == "sys" and node.attr in DOORS_OF_SYS

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in self._local:
            pass
        elif node.id in self._closed_names:
            self._forbid(node.id, node)
        elif (
            node.id in HIDERS
            or node.id in ("type", "open")
            or (isinstance(node.ctx, ast.Load) and _is_dunder(node.id) and node.id not in PLAIN_DUNDERS)
        ):
            self._review(node.id, node, f"`{node.id}` can hide what is called.")
        if node.id in self._modules:
            self._look_at_value(node)

    def visit_Call(self, node: ast.Call) -> None:
        """`getattr(x, "softmax")` is `x.softmax`; with a computed name nobody can tell by reading."""
        constant = None
        if isinstance(node.func, ast.Name) and node.func.id in ("getattr", "setattr") and len(node.args) >= 2:
            constant = node.args[1].value if isinstance(node.args[1], ast.Constant) else None
            if not isinstance(constant, str) or not constant.isidentifier():  # a text can hold whatever one likes
                constant = None
            if constant is not None:  # this reads the first argument, too; twice at each level would take for ever
                use = ast.Load() if node.func.id == "getattr" else ast.Store()
                self.visit_Attribute(ast.copy_location(ast.Attribute(node.args[0], constant, use), node))
        known = constant is not None or (
            isinstance(node.func, ast.Name) and node.func.id == "type" and len(node.args) == 1
        )
        for part in ast.iter_child_nodes(node):
            if not (known and part is node.func) and not (constant is not None and part is node.args[0]):
                self.visit(part)

    def visit_Constant(self, node: ast.Constant) -> None:
        """A forbidden name as text is only useful for reaching it by a side door."""
        if isinstance(node.value, str) and (node.value in self._rules or node.value in self._last):
            self._review(node.value, node, "The name stands in a text.")


def _printable(name: str) -> str:
    """A name as a message may repeat it: no half letters, no letters that move others."""
    return name[-MAX_WRITTEN:] if name.isprintable() else ascii(name)[1:-1][-MAX_WRITTEN:]


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _as_written(node: ast.expr) -> str:
    """`F.softmax` for a chain of names, else `….softmax`."""
    names: list[str] = []
    while isinstance(node, ast.Attribute) and len(names) < MAX_WRITTEN:
        names.append(node.attr)
        node = node.value
    names.append(node.id if isinstance(node, ast.Name) else "…")
    return ".".join(reversed(names))
