"""Shuffling in place, and what is reordered without its other half."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnlint.analysis.data_events import Permuted
from nnlint.analysis.machine import Machine
from nnlint.analysis.values import Instance, List, Place, Tensor, Value
from nnlint.ir import nodes as ir

if TYPE_CHECKING:
    from nnlint.analysis.effects.given import Given

__all__ = ["attribute_permuted", "shuffled_in_place"]


def shuffled_in_place(given: Given, array: Value | None, result: Value | None, order: object) -> None:
    """``shuffle(x)``: the variable holds the same data in another order."""
    from nnlint.analysis.statements import assign_to

    machine = given.machine
    if isinstance(array, List):
        grown = array.attrs.get("grown")
        data = grown.data if isinstance(grown, Tensor) else None
        if data is not None:
            machine.state.set(array, "grown", Tensor(grown.place, data=data._replace(order=(*data.order, order))))  # type: ignore[union-attr]
        return
    target = given.node.args[0] if given.node.args else None
    if isinstance(target, (ir.Name, ir.Attr)) and isinstance(result, Tensor):
        assign_to(machine, target, result)


def attribute_permuted(machine: Machine, owner: Instance, name: str, value: Tensor, place: Place) -> None:
    """``self.x = self.x[permutation]`` in an object that was made of samples and their labels."""
    rest = machine.pairs.get(owner.serial)
    permutation = value.data.order[-1] if value.data is not None and value.data.order else None
    if rest is not None and isinstance(permutation, Place) and permutation in machine.permutations:
        machine.emit(Permuted(place, name, permutation, rest, machine.permutations[permutation]))
