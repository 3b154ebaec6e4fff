"""Running totals: what ``total += value`` keeps alive."""

from __future__ import annotations

from nnlint.analysis.machine import Machine
from nnlint.analysis.measure_events import Accumulated
from nnlint.analysis.values import Constant, Origin, Tensor, Value
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell

__all__ = ["accumulated"]


def accumulated(machine: Machine, before: Value, value: Value, node: ir.Aug) -> None:
    """Note a total that a loss is added to after, or before, `backward` is called on that very loss."""
    if not isinstance(value, Tensor) or value.measure is None or value.place not in machine.differentiated:
        return
    starts = isinstance(before, Constant) and isinstance(before.value, (int, float))
    if not (starts or (isinstance(before, Tensor) and before.measure is not None)):
        return
    if value.attached is False or (machine.path is not None and machine.path.inside("no_grad")):
        return
    place = machine.place(node.id)
    because = Origin(value.measure.place, f"{value.measure.name} is computed here")
    name = spell(node.target) or "the total"
    added = machine.place(node.value.id)
    machine.emit(Accumulated(place, name, value.measure.name, because, machine.path, added))
