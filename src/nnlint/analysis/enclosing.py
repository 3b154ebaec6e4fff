"""The conditions around a call as the code has them, those that are known to hold here included."""

from __future__ import annotations

from collections.abc import Iterator

from nnlint.analysis.events import Path
from nnlint.analysis.machine import Machine
from nnlint.ir import nodes as ir

__all__ = ["enclosing_tests"]

_CHOOSES = frozenset({ir.If, ir.IfExp, ir.While})


def enclosing_tests(machine: Machine, number: int) -> tuple[ir.Expr, ...]:
    """The tests around a node in the running function, and around the calls that led there."""
    found: list[ir.Expr] = []
    path: Path | None = machine.path
    for function in reversed(machine.stack):
        found += _around(function.node.body, number) or ()
        path = path.inside("call") if path is not None else None
        if path is None:
            break
        number, path = path.place.node, path.outer
    return tuple(found)


def _around(node: object, number: int) -> list[ir.Expr] | None:
    """The tests between a piece of code and a node in it, from the inside out; None where it is elsewhere."""
    if getattr(node, "id", None) == number and isinstance(node, ir.Call):
        return []
    if not isinstance(node, tuple):
        return None
    for part in node:
        found = _around(part, number) if isinstance(part, tuple) else None
        if found is not None:
            left = (each.test for each in node[: node.index(part)] if type(each) is ir.If and _leaves(each))
            return [*found, *_tests(node), *left]
    return None


def _leaves(statement: ir.If) -> bool:
    """Whether a condition before the node may have ended the function."""
    return any(isinstance(each, (ir.Return, ir.Raise, ir.Jump)) for each in statement.body[-1:])


def _tests(node: tuple[object, ...]) -> Iterator[ir.Expr]:
    if type(node) in _CHOOSES:
        yield node.test  # type: ignore[attr-defined]
    elif isinstance(node, ir.Bool):
        yield node.left
