"""Makes every small mechanical change of a reference: what hidden cases must notice. Used by the kill table.

A mutant is the function or class with one place changed: an operator, a constant, an axis, an argument, a condition, a
call taken away, a statement deleted. None of it is random, so the list is the same on every run.
"""

from __future__ import annotations

import ast
import contextlib
import copy
from collections.abc import Iterator
from dataclasses import dataclass

COMPARE = {
    ast.Lt: (ast.LtE, ast.Gt, ast.GtE),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.MatMult: (ast.Mult,),
}
READABLE = 16  # characters; a shorter place, such as the name `x`, is described by what stands around it
# A method or function for its neighbour
NAMES = {
    "amax": ("amin", "mean"),
    "sum": ("mean", "amax"),
    "exp": ("log", "expm1"),
    "sqrt": ("log",),
    "tril": ("triu",),
    "ones": ("zeros",),
    "bool": ("uint8",),
    "ValueError": ("TypeError", "RuntimeError"),
    "TypeError": ("ValueError", "RuntimeError"),
    "min": ("max",),
    "any": ("all",),
    "reversed": ("tuple",),
}


@dataclass(frozen=True)
class Mutant:
    """One changed definition. change: "old → new", with a number if it can be made in several places."""

    exercise: str
    change: str
    source: str


def mutants_of(source: str) -> list[Mutant]:
    """All different mutants of the function or class in `source`, in the order of its text."""
    tree = ast.parse(source)
    definition = tree.body[0]
    for node in ast.walk(definition):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    seen, found, count = {ast.unparse(tree)}, [], {}
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(definition):
        function = _function_around(node, parents)
        if function is None:  # the head of a class
            continue
        around = _readable(node, parents)
        for replacement in _changes(node, function):
            before = _short(around)
            with _replaced(node, replacement, parents):
                text = ast.unparse(tree)
                after = _short(replacement if around is node else around)
            if text in seen:
                continue
            seen.add(text)
            change = f"{before} → {after}"
            count[change] = count.get(change, 0) + 1
            name = change if count[change] == 1 else f"{change} ({count[change]})"
            found.append(Mutant(definition.name, name, text))
    return found


def _function_around(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> ast.FunctionDef | None:
    """The innermost function that the node stands in."""
    while not isinstance(node, ast.FunctionDef):
        if node not in parents:
            return None
        node = parents[node]
    return node


def _readable(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> ast.AST:
    """The smallest expression or statement around the node that says where in the function it stands."""
    while isinstance(node, ast.expr) and len(ast.unparse(node)) < READABLE and isinstance(parents[node], ast.expr):
        node = parents[node]
    return node


@contextlib.contextmanager
def _replaced(old: ast.AST, new: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[None]:
    """For a while, the tree has `new` in the place of `old`. A copy for each mutant would take as long as to run it."""
    holder = parents[old]
    for field, value in ast.iter_fields(holder):
        if isinstance(value, list) and old in value:
            place = value.index(old)
            value[place] = new
            yield
            value[place] = old
        elif value is old:
            setattr(holder, field, new)
            yield
            setattr(holder, field, old)


def _changes(node: ast.AST, function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Each replacement of `node`; none in the signature and in the fixed words of messages."""
    signature = [node for part in (function.args, function.returns) if part for node in ast.walk(part)]
    if node not in signature and not isinstance(node, ast.JoinedStr):
        yield from _replacements(node, function)


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else f"{text[:60]} … {text[-27:]}"


def _replacements(node: ast.AST, function: ast.FunctionDef) -> Iterator[ast.AST]:
    match node:
        case ast.Compare():
            yield from _comparisons(node)
        case ast.BoolOp():
            yield _but(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
            for i in range(len(node.values)):
                rest = node.values[:i] + node.values[i + 1 :]
                yield rest[0] if len(rest) == 1 else _but(node, values=rest)
        case ast.UnaryOp():
            yield node.operand
        case ast.BinOp():
            yield from (_but(node, op=kind()) for kind in ARITHMETIC.get(type(node.op), ()))
            yield node.left
            yield node.right
            yield _but(node, left=node.right, right=node.left)
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int() | float()):
            yield from (ast.Constant(node.value + step) for step in (1, -1))
        case ast.Call():
            yield from _calls(node)
        case ast.Attribute(attr=name) | ast.Name(id=name):
            field = "attr" if isinstance(node, ast.Attribute) else "id"
            yield from (_but(node, **{field: other}) for other in NAMES.get(name, ()))
            parameters = [argument.arg for argument in function.args.args if argument.arg != "self"]
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and name in parameters:
                yield from (_but(node, id=other) for other in parameters if other != name)
        case ast.Subscript(slice=ast.Slice()):
            yield node.value
        case ast.Tuple(elts=[_, _]) if isinstance(node.ctx, ast.Load):
            yield _but(node, elts=node.elts[::-1])
        case ast.If():
            yield _but(node, test=ast.UnaryOp(ast.Not(), node.test))
            yield from (_but(node, test=ast.Constant(value)) for value in (True, False))
        case ast.Return():
            yield ast.Pass()
        case ast.For():
            yield ast.Pass()
        case ast.Assign() | ast.AugAssign() | ast.Raise() | ast.Expr():
            yield ast.Pass()


def _comparisons(node: ast.Compare) -> Iterator[ast.AST]:
    for i, op in enumerate(node.ops):
        for kind in COMPARE[type(op)]:
            yield _but(node, ops=[*node.ops[:i], kind(), *node.ops[i + 1 :]])
    if len(node.ops) == 2:  # a <= x <= b: one bound taken away
        yield ast.Compare(node.left, node.ops[:1], node.comparators[:1])
        yield ast.Compare(node.comparators[0], node.ops[1:], node.comparators[1:])


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
        yield node.func.value  # x.detach() → x
    elif len(node.args) == 1 and not isinstance(node.args[0], ast.GeneratorExp):
        yield node.args[0]  # math.sqrt(x) → x
    if len(node.args) == 2:
        yield _but(node, args=node.args[::-1])
    for i in range(len(node.args)):
        yield _but(node, args=node.args[:i] + node.args[i + 1 :])
    for i in range(len(node.keywords)):
        yield _but(node, keywords=node.keywords[:i] + node.keywords[i + 1 :])


def _is_module(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in ("torch", "math", "F", "nn")


def _but(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    changed.__dict__ = {**node.__dict__, **fields}
    return changed
