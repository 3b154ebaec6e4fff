"""Binding values to targets: names, attributes, items and tuples of these."""

from __future__ import annotations

from nnlint.analysis.containers import unpack
from nnlint.analysis.expressions import evaluate
from nnlint.analysis.filling import filled
from nnlint.analysis.machine import Machine
from nnlint.analysis.mixups import is_exchange, mislabelled
from nnlint.analysis.objects import set_attribute, set_item
from nnlint.analysis.parameters import WATCHED, replaced, watched
from nnlint.analysis.rows import named, write_back
from nnlint.analysis.shuffles import attribute_permuted
from nnlint.analysis.unpacking import unpacked
from nnlint.analysis.values import (
    UNKNOWN,
    Built,
    Instance,
    Tensor,
    Tuple,
    Value,
)
from nnlint.ir import nodes as ir

__all__ = ["assign_to"]


def assign_to(machine: Machine, target: ir.Expr, value: Value, exchange: bool = False) -> None:
    """Bind a value to any target. exchange: the value is a tuple of names as the user wrote it."""
    kind = type(target)
    if kind is ir.Name:
        assert isinstance(target, ir.Name)
        if type(value) is Tensor and value.data is not None:
            mislabelled(machine, target, value)
            value = named(machine, value, target.name)
        machine.store(target.name, value)
    elif isinstance(target, ir.Attr):
        if type(value) is Tensor and value.data is not None:
            value = _attribute(machine, target, value)
        owner = evaluate(machine, target.value)
        if target.name in WATCHED:
            watched(machine, target, owner, value)
        if type(value) is Built:
            replaced(machine, target, value)
        set_attribute(machine, owner, target.name, value)
    elif isinstance(target, ir.Sequence):
        if type(value) is Tuple and not exchange:
            unpacked(machine, target, value)
        parts = unpack(machine, value, target)
        machine.feed.exchanging = exchange and is_exchange(parts)
        for item, part in zip(target.items, parts, strict=True):
            assign_to(machine, item.value if isinstance(item, ir.Star) else item, part)
        machine.feed.exchanging = False
    elif isinstance(target, ir.Index):
        owner = evaluate(machine, target.value)
        keys = [evaluate(machine, item) for item in target.items]
        if isinstance(owner, Tensor):
            after = filled(machine, target, owner, keys, value)
            if after is not None and isinstance(target.value, (ir.Name, ir.Attr)):
                assign_to(machine, target.value, after)
            write_back(machine, target, owner, keys[-1], value)
        else:
            set_item(machine, owner, keys, value)
        if type(value) is Built:
            replaced(machine, target, value)
    elif isinstance(target, ir.Star):
        assign_to(machine, target.value, UNKNOWN)


def _attribute(machine: Machine, target: ir.Attr, value: Tensor) -> Tensor:
    """Data bound to an attribute."""
    mislabelled(machine, target, value)
    value = named(machine, value, target.name)
    if value.data is not None and value.data.order:
        owner = evaluate(machine, target.value)
        if isinstance(owner, Instance):
            attribute_permuted(machine, owner, target.name, value, machine.place(target.id))
    return value
