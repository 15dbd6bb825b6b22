"""Finds the notebook cell in which a function or class was written, and reads its names. Used by `check`; pure.

Only this cell is graded and carried over, so a name that another cell defines is worth a warning.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import linecache
import symtable
import types

# Names that every module has.
_ALWAYS = set(dir(builtins)) | {"__name__", "__file__", "__doc__", "__class__"}


def source_of(target: object) -> str | None:
    """The whole cell that defines `target`; for code of a file, only its own definition; None if it cannot be found."""
    code = _code(target)
    if code is not None:
        entry = linecache.cache.get(code.co_filename)
        # IPython registers a cell without a modification time, which no file on disk has
        if entry is not None and len(entry) == 4 and entry[1] is None:
            return "".join(entry[2])
    try:
        return inspect.getsource(_plain(target))
    except (OSError, TypeError):
        return None


def _plain(target: object) -> object:
    """The function behind decorators and `torch.compile`."""
    target = inspect.unwrap(target) if callable(target) else target
    return getattr(target, "_torchdynamo_orig_callable", target)


def _code(target: object) -> types.CodeType | None:
    target = _plain(target)
    if isinstance(target, types.FunctionType):
        return target.__code__
    if not isinstance(target, type):
        return None
    for member in vars(target).values():
        if isinstance(member, (staticmethod, classmethod)):
            member = member.__func__
        if isinstance(member, property):
            member = member.fget
        # a method borrowed from elsewhere does not tell where the class was written
        if isinstance(member, types.FunctionType) and member.__qualname__.startswith(f"{target.__qualname__}."):
            return member.__code__
    return None


def names_from_elsewhere(source: str, known: set[str]) -> list[str]:
    """Names that the cell uses but neither defines nor may expect (`known`: set-up, earlier exercises); sorted."""
    try:
        top = symtable.symtable(source, "cell", "exec")
    except (SyntaxError, ValueError, RecursionError):
        return []
    tables = _all_tables(top)
    defined = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported() or s.is_namespace()}
    defined |= {s.get_name() for t in tables for s in t.get_symbols() if s.is_declared_global() and s.is_assigned()}
    used = {s.get_name() for s in top.get_symbols() if s.is_referenced()}
    used |= {s.get_name() for t in tables for s in t.get_symbols() if s.is_global() and s.is_referenced()}
    return sorted(used - defined - known - _ALWAYS)


def _all_tables(table: symtable.SymbolTable) -> list[symtable.SymbolTable]:
    return [t for child in table.get_children() for t in (child, *_all_tables(child))]


def names_used(source: str) -> set[str]:
    """Every name that occurs in the cell."""
    try:
        return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    except (SyntaxError, ValueError, RecursionError):
        return set()


def definitions(source: str) -> str:
    """The cell without its bare calls (prints, plots, checks): what is worth running again in a later lesson."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError):
        return source
    lines = source.splitlines()
    kept = {n for node in body if not _is_call(node) for n in range(node.lineno, node.end_lineno + 1)}
    dropped = {n for node in body if _is_call(node) for n in range(node.lineno, node.end_lineno + 1)} - kept
    return "\n".join(line for number, line in enumerate(lines, 1) if number not in dropped).strip("\n") + "\n"


def _is_call(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)
