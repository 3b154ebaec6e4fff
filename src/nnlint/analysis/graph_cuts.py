"""Layers that are fed what left the framework on the way: the layers before it get no gradient."""

from __future__ import annotations

from nnlint.analysis.effects.given import Given
from nnlint.analysis.events import LayerCall
from nnlint.analysis.machine import Machine
from nnlint.analysis.parametric import in_forward, owns_parameters
from nnlint.analysis.values import Built, Place, Tensor, Unknown, Value
from nnlint.analysis.wiring_events import GraphCut
from nnlint.ir.spell import spell
from nnlint.knowledge import spec

__all__ = ["note_cut", "note_fed_layer"]

_LEAVING = frozenset({"numpy", "tolist", "item"})
_TRAINED = frozenset({"dense", "conv", "recurrent", "norm", "bilinear"})
_FURTHEST = 40


def note_cut(given: Given) -> None:
    """Remember what a computation was given, and where an array leaves the framework."""
    values = (given.receiver, *given.values.values())
    kept = tuple(value for value in values if isinstance(value, (Tensor, Unknown)))
    given.machine.wiring.parents[given.place] = kept
    if isinstance(given.entry.does, spec.Compute) and given.entry.does.draws:
        given.machine.wiring.draws.add(given.place)
    if given.name.rpartition(".")[2] in _LEAVING:
        given.machine.wiring.cuts[given.place] = (spell(given.node.func), given.place)


def note_fed_layer(machine: Machine, call: LayerCall) -> None:
    """Record a layer all of whose input left the framework behind an earlier layer of the same network."""
    cuts = machine.wiring.cuts
    if not cuts or call.kind not in _TRAINED or not in_forward(machine):
        return
    path = call.path
    if path is not None and path.inside("no_grad") is not None:
        return
    if not isinstance(call.layer, Built) or not owns_parameters(call.layer):
        return
    found = _first_cut(machine, call.inputs[:1])
    if found is None:
        return
    before = _layer_before(machine, machine.wiring.parents.get(found, ()))
    if before is not None:
        name = cuts.pop(found)[0]
        machine.emit(GraphCut(call.place, call.name, name, found, before.name, before.place))


def _first_cut(machine: Machine, values: tuple[Value, ...]) -> Place | None:
    """Where the way back from a value leaves the framework; None where another way does not."""
    trained = {call.place for call in machine.frame.layer_calls}
    found: Place | None = None
    todo, steps = list(values), 0
    while todo and steps < _FURTHEST:
        value, steps = todo.pop(), steps + 1
        place = value.place if isinstance(value, (Tensor, Unknown)) else None
        if place is None:
            continue
        if place in trained:
            return None
        if place in machine.wiring.cuts:
            found = place
            continue
        todo += machine.inputs_of.get(place, machine.wiring.parents.get(place, ()))
    return found


def _layer_before(machine: Machine, values: tuple[Value, ...]) -> LayerCall | None:
    """The layer with parameters that made what was cut off."""
    calls = {call.place: call for call in machine.frame.layer_calls}
    todo, steps = list(values), 0
    while todo and steps < _FURTHEST:
        value, steps = todo.pop(), steps + 1
        place = value.place if isinstance(value, (Tensor, Unknown)) else None
        if place is None:
            continue
        call = calls.get(place)
        if call is not None and owns_parameters(call.layer):
            return call
        todo += machine.inputs_of.get(place, machine.wiring.parents.get(place, ()))
    return None
