"""The IR as text, for snapshots and for looking at it: one statement a line, blocks indented.

Expressions are written as calls of their node's name, except names, literals and attributes, which look as
in Python. ``numbers=True`` puts the number of each statement before it; ``reads=True`` puts the names that
its own expressions read behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TypeAlias

from nnlint.ir import nodes as ir

__all__ = ["show", "show_expression"]

_Node: TypeAlias = "ir.Expr | ir.Stmt | ir.Param | ir.Clause | ir.Imported"

_BLOCKS = ("body", "orelse", "final")
_HIDDEN = frozenset({"id", "reads"})
_SHOWN_BELOW = frozenset({*_BLOCKS, "handlers", "cases"})


def show(body: ir.Block, *, numbers: bool = False, reads: bool = False, indent: str = "") -> str:
    """The text of a block; every line ends with a newline."""
    return "".join(f"{line}\n" for line in _lines(body, indent, numbers, reads))


def show_expression(node: ir.Expr) -> str:
    """The text of an expression."""
    if isinstance(node, ir.Name):
        return node.name
    if isinstance(node, ir.Const):
        return repr(node.value)
    if isinstance(node, ir.Attr):
        return f"{show_expression(node.value)}.{node.name}"
    return f"{type(node).__name__}({_fields(node)})"


def _lines(body: ir.Block, indent: str, numbers: bool, reads: bool) -> Iterator[str]:
    for statement in body:
        number = f"{statement.id}: " if numbers else ""
        names = ", ".join(getattr(statement, "reads", ()))
        behind = f"  # reads {names}" if reads and names else ""
        yield f"{indent}{number}{type(statement).__name__}({_fields(statement, _SHOWN_BELOW)}){behind}"
        for label, inner in _inner(statement):
            yield f"{indent}  {label}:"
            yield from _lines(inner, indent + "    ", numbers, reads)


def _inner(statement: ir.Stmt) -> Iterator[tuple[str, ir.Block]]:
    """The blocks of a statement with what stands before them; empty ones are left out."""
    for name in _BLOCKS:
        block = getattr(statement, name, ())
        if block:
            yield name, block
    for handler in getattr(statement, "handlers", ()):
        yield f"except {_value(handler.type)} as {handler.name}", handler.body
    for case in getattr(statement, "cases", ()):
        binds = ", ".join(name.name for name in case.binds)
        guard = "" if case.guard is None else f" if {show_expression(case.guard)}"
        kind = "any" if case.irrefutable else "case"
        yield f"{kind} ({binds}){guard}", case.body


def _fields(node: _Node, left_out: Set[str] = _HIDDEN) -> str:
    """The fields of a node that say something, by name."""
    found = ((name, getattr(node, name)) for name in node._fields if name not in _HIDDEN | left_out)
    return ", ".join(f"{name}={_value(value)}" for name, value in found if _says_something(value))


def _says_something(value: object) -> bool:
    return not isinstance(value, ir.Names) and value not in ((), None, False, "")


def _value(value: object) -> str:
    """A field: a node, a tuple of them, or plain data."""
    if isinstance(value, (ir.Param, ir.Clause, ir.Imported)):
        return f"{type(value).__name__}({_fields(value)})"
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return show_expression(value)  # type: ignore[arg-type]
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return value if isinstance(value, str) else repr(value)
