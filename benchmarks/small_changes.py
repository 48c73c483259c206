"""Which small changes a module offers to a test of its tests, each one slip that a person could make.

Operators, comparisons, `and` and `or`, `not`, signs, numbers, truth values and what is returned; not texts,
annotations, decorators or unions at module level, where a change is either none or no program any more.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_NOT_CODE = frozenset({"annotation", "returns", "decorator_list"})

_OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a module: `function` is dotted, empty at module level; `nth` of equal ones there."""

    path: str
    function: str
    what: str
    nth: int
    line: int

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What stays the same when lines move."""
        return (self.path, self.function, self.what, self.nth)


@dataclass(frozen=True, slots=True)
class _Site:
    """A place in a tree: `holder.field`, or its member `index`, and what would stand there instead."""

    holder: ast.AST
    field: str
    index: int | None
    old: ast.AST
    new: ast.AST
    function: str

    def put(self) -> None:
        if self.index is None:
            setattr(self.holder, self.field, self.new)
        else:
            getattr(self.holder, self.field)[self.index] = self.new


def changes(source: str, path: str) -> list[Change]:
    """Every change that a module offers, in the order of its code."""
    return [change for change, _ in _described(ast.parse(source), path)]


def changed(source: str, change: Change) -> ast.Module:
    """The module with the change made. Raises KeyError where the source no longer offers it."""
    tree = ast.parse(source)
    for offered, site in _described(tree, change.path):
        if offered.key == change.key:
            site.put()
            return ast.fix_missing_locations(tree)
    raise KeyError(f"{change.path} no longer offers {change.what} in {change.function or 'its own level'}")


def watched(source: str, call: str, prefix: str = "") -> tuple[ast.Module, set[str]]:
    """The module whose functions each tell `call` their dotted name when entered, and these names."""
    tree, names = ast.parse(source), set[str]()

    def watch(node: ast.AST, above: str) -> None:
        for child in ast.iter_child_nodes(node):
            inside = _inside(child, above)
            watch(child, inside)
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                names.add(inside)
                told = ast.parse(f"{call}({prefix + inside!r})").body[0]
                child.body.insert(1 if ast.get_docstring(child) is not None else 0, told)

    watch(tree, "")
    return ast.fix_missing_locations(tree), names


def _described(tree: ast.Module, path: str) -> Iterator[tuple[Change, _Site]]:
    met: Counter[tuple[str, str]] = Counter()
    for site in list(_sites(tree, "")):
        what = f"{ast.unparse(site.old)} -> {ast.unparse(site.new)}"
        met[site.function, what] += 1
        line = getattr(site.old, "lineno", 0)
        yield Change(path, site.function, what, met[site.function, what], line), site


def _sites(node: ast.AST, function: str) -> Iterator[_Site]:
    for field, value in ast.iter_fields(node):
        if field in _NOT_CODE or (isinstance(node, ast.ClassDef) and field in {"bases", "keywords"}):
            continue
        many = isinstance(value, list)
        for index, child in enumerate(value if many else [value]):
            if not isinstance(child, ast.AST):
                continue
            inside = _inside(child, function)
            for new in _instead(child, function):
                yield _Site(node, field, index if many else None, child, new, function)
            yield from _sites(child, inside)


def _inside(node: ast.AST, above: str) -> str:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return f"{above}.{node.name}".lstrip(".")
    return above


def _instead(node: ast.AST, function: str) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=operators):
            for index, operator in enumerate(operators):
                others = [*operators[:index], _OTHER[type(operator)](), *operators[index + 1 :]]
                yield _with(node, ops=others)
        case ast.BinOp(op=operator) if function or not isinstance(operator, ast.BitOr):
            yield from (_with(node, op=other()) for other in [_OTHER.get(type(operator))] if other)
        case ast.AugAssign(op=operator) | ast.BoolOp(op=operator):
            yield from (_with(node, op=other()) for other in [_OTHER.get(type(operator))] if other)
        case ast.UnaryOp(op=ast.Not() | ast.Invert() | ast.USub(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield _with(node, value=not value)
        case ast.Constant(value=int(value)):
            yield _with(node, value=value + 1)
        case ast.Constant(value=float(value)):
            yield _with(node, value=value * 1.25 if value else 1.0)
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield _with(node, value=ast.Constant(None))


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _with(node: ast.AST, **fields: object) -> ast.AST:
    other = copy.copy(node)
    for field, value in fields.items():
        setattr(other, field, value)
    return other
