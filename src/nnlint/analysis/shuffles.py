"""Shuffling in place, and what is reordered without its other half."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnlint.analysis.above import above
from nnlint.analysis.data_events import Permuted
from nnlint.analysis.machine import Machine
from nnlint.analysis.provenance import Drawn
from nnlint.analysis.values import Instance, List, Place, Provenance, Tensor, Value
from nnlint.ir import nodes as ir

if TYPE_CHECKING:
    from nnlint.analysis.effects.given import Given

__all__ = ["attribute_permuted", "collect", "grow", "grown", "shuffled_in_place"]


def shuffled_in_place(given: Given, array: Value | None, result: Value | None, order: object) -> None:
    """``shuffle(x)``: the variable holds the same data in another order."""
    machine = given.machine
    if isinstance(array, List):
        data = grown(array)
        if data is not None:
            reordered = data._replace(order=(*data.order, order))
            machine.state.set(array, "grown", Tensor(data.root, data=reordered))
        else:
            again = repr(order.key) if isinstance(order, Drawn) else ""
            drawn = Tensor(given.place, made="permutation", by=given.name, function=again)
            machine.state.set(array, "shuffled", drawn)
        return
    target = given.node.args[0] if given.node.args else None
    if isinstance(target, (ir.Name, ir.Attr)) and isinstance(result, Tensor):
        above.assign_to(machine, target, result)


def grow(machine: Machine, owner: List, item: Value) -> None:
    """Lists that the same loop appends to hold what belongs together; of pixels it holds pixels."""
    loop = machine.path.inside("loop") if machine.path is not None else None
    if loop is not None and "grown" not in owner.attrs:
        raw = isinstance(item, Tensor) and item.data is not None and item.data.raw and not item.data.steps
        data = Provenance(loop.place, "all", "", None, raw=raw)
        machine.state.set(owner, "grown", Tensor(loop.place, data=data))


def collect(machine: Machine, owner: List, value: Value) -> None:
    """``list(x)``: the list holds the rows of `x`."""
    if isinstance(value, Tensor) and value.data is not None:
        machine.state.set(owner, "grown", Tensor(value.data.root, data=value.data))
        if value.data.root is not None:
            machine.feed.looked_at.add(value.data.root)  # one by one, as texts and categories are


def grown(value: Value) -> Provenance | None:
    """The data that a loop collected in a list."""
    known = value.attrs.get("grown") if isinstance(value, List) else None
    return known.data if isinstance(known, Tensor) else None


def attribute_permuted(machine: Machine, owner: Instance, name: str, value: Tensor, place: Place) -> None:
    """``self.x = self.x[permutation]`` in an object that was made of samples and their labels."""
    rest = machine.pairs.get(owner.serial)
    permutation = value.data.order[-1] if value.data is not None and value.data.order else None
    permutation = permutation.place if isinstance(permutation, Drawn) else permutation
    if rest is not None and isinstance(permutation, Place) and permutation in machine.permutations:
        machine.emit(Permuted(place, name, permutation, rest, machine.permutations[permutation]))
