"""Code that is run to see it fail or warn: what is wrong with it is wrong on purpose."""

from __future__ import annotations

from collections.abc import Iterator

from nnlint.analysis.machine import Machine
from nnlint.ir import nodes as ir

__all__ = ["note_expected"]

_AWAITS = frozenset(
    {
        "raises", "warns", "deprecated_call", "assertRaises", "assertRaisesRegex", "assertRaisesRegexp",
        "assertRaisesMessage", "assertRaisesWithLiteralMatch", "assertRaisesWithPredicateMatch",
        "assertRaisesOpError", "assertWarns", "assertWarnsRegex",
    }
)  # fmt: skip
"""Contexts of pytest, unittest and Abseil in which an error or a warning has to come."""


def note_expected(machine: Machine, node: ir.With) -> None:
    """Remember the code of a block that has to fail."""
    if any(_awaits(context) for context, _ in node.items):
        machine.expected.update(machine.place(number) for number in _numbers(node.body))


def _awaits(context: ir.Expr) -> bool:
    if type(context) is not ir.Call:
        return False
    func = context.func
    return isinstance(func, (ir.Attr, ir.Name)) and func.name in _AWAITS


def _numbers(node: object) -> Iterator[int]:
    """The ids of all nodes."""
    if isinstance(node, tuple):
        number = getattr(node, "id", None)
        if isinstance(number, int):
            yield number
        for part in node:
            yield from _numbers(part)
