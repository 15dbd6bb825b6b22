"""Which names code gives a meaning to. Pure; used by `forbidden`, to which `attention` may be a lesson or anything."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from coach.magics import plain_python

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def names_in(tree: ast.AST) -> set[str]:
    """All names that are bound anywhere in this code."""
    return {name for node in ast.walk(tree) for name in _bound_by(node)}


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
