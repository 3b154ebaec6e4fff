"""What a condition tells about the variables it tests, inside its branches."""

from __future__ import annotations

from nnlint.analysis.machine import Machine
from nnlint.analysis.values import NONE, OneOf, Value
from nnlint.ir import nodes as ir

__all__ = ["tested"]


def tested(machine: Machine, test: ir.Expr, holds: bool) -> None:
    """Narrow ``x is None``, ``x is not None`` and plain ``x`` for a local `x`."""
    if isinstance(test, ir.Unary) and test.op == "not":
        tested(machine, test.operand, not holds)
    elif isinstance(test, ir.Bool) and (test.op == "and") is holds:
        tested(machine, test.left, holds)
        tested(machine, test.right, holds)
    elif isinstance(test, ir.Compare) and test.ops in {("is",), ("is not",)}:
        right = test.rights[0]
        if isinstance(right, ir.Const) and right.value is None:
            _narrow(machine, test.left, (test.ops[0] == "is") is holds)
    elif isinstance(test, (ir.Name, ir.Attr)) and holds:
        _narrow(machine, test, False)


def _narrow(machine: Machine, expr: ir.Expr, is_none: bool) -> None:
    if not isinstance(expr, ir.Name):
        return
    value = machine.frame.attrs.get(expr.name)
    if isinstance(value, OneOf):
        machine.state.set(machine.frame, expr.name, _without(value, is_none))


def _without(value: OneOf, is_none: bool) -> Value:
    if is_none:
        return NONE
    left = tuple(option for option in value.options if option != NONE)
    return left[0] if len(left) == 1 else OneOf(left)
