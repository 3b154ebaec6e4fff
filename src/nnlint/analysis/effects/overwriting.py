"""Calls that change what they are given: ``p.clamp_(0.01)``, ``F.relu_(x)``, ``torch.exp(x, out=x)``."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.effects.given import Given
from nnlint.analysis.values import Tensor, Value
from nnlint.ir import nodes as ir
from nnlint.knowledge import spec

__all__ = ["rewritten"]

_CHANGES = (spec.Activation, spec.Compute)


def rewritten(given: Given, value: Value) -> None:
    """Bind what became of the tensor to the variable that holds it.

    Weights stay what they are: whatever is done to them, they are the same parameters of the same optimizer.
    """
    if type(value) is not Tensor or type(given.entry.does) not in _CHANGES:
        return
    target = _target(given)
    raw = isinstance(target, ir.Attr) and target.name == "data"
    if isinstance(target, ir.Attr) and raw:
        target = target.value
    if not isinstance(target, ir.Name):
        return
    before = given.machine.lookup(target.name)
    if type(before) is Tensor and before.made != "variable":
        attached = before.attached if raw else value.attached
        given.machine.store(target.name, replace(value, attached=attached))


def _target(given: Given) -> ir.Expr | None:
    """The expression whose tensor the call writes to."""
    if not given.name.endswith("_"):
        return next((expr for name, expr in given.node.keywords if name == "out"), None)
    if given.receiver is None:
        return given.node.args[0] if given.node.args else None
    return given.node.func.value if isinstance(given.node.func, ir.Attr) else None
