"""Expressions as a reader would name them in a message."""

from __future__ import annotations

from nnlint.ir import nodes as ir

__all__ = ["spell"]


def spell(expr: ir.Expr) -> str:
    """``self.conv1``, ``slim.conv2d``, ``nn.Softmax``; "" for what has no short name."""
    kind = type(expr)
    if kind is ir.Name:
        assert isinstance(expr, ir.Name)
        return expr.name
    if isinstance(expr, ir.Attr):
        inner = spell(expr.value)
        return f"{inner}.{expr.name}" if inner else expr.name
    if isinstance(expr, ir.Call):
        return spell(expr.func)
    if isinstance(expr, ir.Index):
        inner = spell(expr.value)
        return f"{inner}[…]" if inner else ""
    return ""
