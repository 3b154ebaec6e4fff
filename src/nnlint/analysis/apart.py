"""Tables that one call inside a helper reads for several callers: ``x = load(one)``, ``y = load(other)``."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.machine import Machine
from nnlint.analysis.values import Function, Tensor, Tuple, Value
from nnlint.ir import nodes as ir

__all__ = ["told_apart"]


def told_apart(
    machine: Machine, function: Function, bound: dict[str, Value], value: Value, node: ir.Call
) -> Value:
    """What a helper returns, without its columns if it read that for another caller before.

    Both have the place of the one call that reads as their root; they may be two tables all the same.
    """
    if type(value) is Tuple:
        items = tuple(told_apart(machine, function, bound, item, node) for item in value.items)
        return value if items == value.items else Tuple(items)
    if type(value) is not Tensor or value.data is None or value.data.root is None:
        return value
    if any(type(given) is Tensor and given.data is not None for given in bound.values()):
        return value  # what it was given was read elsewhere
    place = machine.place(node.id)
    first = machine.feed.read_for.setdefault((value.data.root, function.node.id), place)
    if first == place or value.data.columns is None:
        return value
    return replace(value, data=value.data._replace(columns=None))
