"""Which names code gives a meaning to. Pure; used by `forbidden`, to which `attention` may be a lesson or anything."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import lru_cache

from coach.doors import PLAIN_SUBMODULES
from coach.magics import parsed, plain_python

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def names_in(tree: ast.AST) -> set[str]:
    """All names that are bound anywhere in this code."""
    return {name for node in ast.walk(tree) for name in names_of(node)}


NAMING = {"register_buffer", "register_parameter", "add_module"}  # self.register_buffer("seen", …) sets self.seen


def attributes_in(tree: ast.AST) -> set[str]:
    """What the classes of this code have of their own: methods, names in their bodies, and what is set on `self`."""
    names: set[str] = set()
    pending = [(tree, False)]  # each node once, however deep classes lie in one another
    while pending:
        node, in_class = pending.pop()
        if isinstance(node, ast.ClassDef):
            names |= names_of_class(node)
            in_class = True
        if in_class:
            names |= _set_on_self(node)
        pending += [(child, in_class) for child in ast.iter_child_nodes(node)]
    return names


def names_of_class(kind: ast.ClassDef) -> set[str]:
    """Methods and names in the body of one class."""
    return {name for part in kind.body for inner in (part, *_targets(part)) for name in names_of(inner)}


def _set_on_self(node: ast.AST) -> set[str]:
    match node:
        case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
            return {name}
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="self"), attr=how), args=[ast.Constant(value=str(name)), *_]
        ) if how in NAMING:
            return {name}
    return set()


def _targets(node: ast.AST) -> list[ast.AST]:
    return list(getattr(node, "targets", [getattr(node, "target", node)]))


def locals_of(function: ast.FunctionDef) -> frozenset[str]:
    """Names that can only mean what this function gives them itself: its parameters and variables."""
    arguments = function.args
    names = {argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    elsewhere: set[str] = set()
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            elsewhere.update(node.names)
        if not isinstance(node, (*SCOPES, *COMPREHENSIONS)):
            pending += ast.iter_child_nodes(node)
    return frozenset(names - elsewhere)


def names_left_by(cells: Iterable[str]) -> set[str]:
    """The names that cells bind for those after them; what is bound within a function stays there."""
    return {name for cell in cells for name in _left_by(cell)[0]}


def modules_left_by(cells: Iterable[str]) -> dict[str, str]:
    """The names of modules that cells import, and the modules."""
    return {name: module for cell in cells for name, module in _left_by(cell)[1].items()}


@lru_cache(maxsize=32)  # a lesson's earlier cells are asked for again by each exercise
def _left_by(cell: str) -> tuple[frozenset[str], dict[str, str]]:
    try:
        tree = parsed(plain_python(cell)[0])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset(), {}
    names: set[str] = set()
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        names |= names_of(node)
        if isinstance(node, SCOPES):
            names |= {name for inner in ast.walk(node) if isinstance(inner, ast.Global) for name in inner.names}
        else:
            pending += ast.iter_child_nodes(node)
    return frozenset(names), modules_in(tree)


def modules_in(tree: ast.AST) -> dict[str, str]:
    """The names under which this code imports modules, and the modules."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                whole = alias.name if alias.asname else alias.name.split(".")[0]
                found[alias.asname or whole] = whole
        elif isinstance(node, ast.ImportFrom):
            whole = {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name: module for name, module in whole.items() if module in PLAIN_SUBMODULES}
    return found


def names_of(node: ast.AST) -> set[str]:
    """The names that this one node binds."""
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
            return {name}
        case ast.alias():
            return {(node.asname or node.name).split(".")[0]}
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
            return {name}
        case ast.ExceptHandler(name=str(name)):
            return {name}
    return set()
