"""Columns that are taken out of a table in place, under any of its names."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.assigning import assign_to
from nnlint.analysis.expressions import evaluate
from nnlint.analysis.machine import Machine
from nnlint.analysis.provenance import with_columns
from nnlint.analysis.rows import column_names
from nnlint.analysis.values import Tensor, Value
from nnlint.ir import nodes as ir

__all__ = ["deleted"]


def deleted(machine: Machine, target: ir.Expr) -> None:
    """``del target``."""
    if isinstance(target, ir.Name):
        machine.state.delete(machine.frame, target.name)
    elif isinstance(target, ir.Index) and isinstance(target.value, (ir.Name, ir.Attr)):
        table = evaluate(machine, target.value)
        if isinstance(table, Tensor) and table.data is not None and len(target.items) == 1:
            _without(machine, target.value, table, evaluate(machine, target.items[0]))


def _without(machine: Machine, name: ir.Expr, table: Tensor, key: Value) -> None:
    assert table.data is not None
    names = column_names(key)
    machine.feed.take_out(table.data.root, names)
    data = table.data._replace(columns=None) if names is None else with_columns(table.data, names, False)
    assign_to(machine, name, replace(table, data=data))
