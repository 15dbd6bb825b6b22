"""Which names code gives a meaning to. Pure; used by `forbidden`, to which `attention` may be a lesson or anything."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from coach.magics import plain_python

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def names_in(tree: ast.AST) -> set[str]:
    """All names that are bound anywhere in this code."""
    return {name for node in ast.walk(tree) for name in _bound_by(node)}


def attributes_in(tree: ast.AST) -> set[str]:
    """What the classes of this code have of their own: methods, names in their bodies, and what is set on `self`."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            names |= {name for part in node.body for inner in (part, *_targets(part)) for name in _bound_by(inner)}
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names |= {node.attr} if isinstance(node.value, ast.Name) and node.value.id == "self" else set()
    return names


def _targets(node: ast.AST) -> list[ast.AST]:
    return list(getattr(node, "targets", [getattr(node, "target", node)]))


def names_left_by(cells: Iterable[str]) -> set[str]:
    """The names that cells bind for those after them; what is bound within a function stays there."""
    names: set[str] = set()
    for cell in cells:
        try:
            pending: list[ast.AST] = [ast.parse(plain_python(cell)[0])]
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        while pending:
            node = pending.pop()
            names |= _bound_by(node)
            if isinstance(node, SCOPES):
                names |= {name for inner in ast.walk(node) if isinstance(inner, ast.Global) for name in inner.names}
            else:
                pending += ast.iter_child_nodes(node)
    return names


def _bound_by(node: ast.AST) -> set[str]:
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
