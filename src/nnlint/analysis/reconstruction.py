"""Whether a loss compares a network's output with the network's own input."""

from __future__ import annotations

from nnlint.analysis.join import same_unknown
from nnlint.analysis.machine import Machine
from nnlint.analysis.values import Place, Tensor, Unknown, Value

__all__ = ["fed_with"]

_STEPS = 8


def fed_with(machine: Machine, prediction: Value, target: Value | None) -> Place | None:
    """Where the target itself was given to the network that made the prediction; None if it was not."""
    if not isinstance(prediction, Tensor) or not isinstance(target, (Tensor, Unknown)):
        return None
    wanted = _reshaped(machine, target)
    place = prediction.place
    for _ in range(_STEPS):
        inputs = machine.inputs_of.get(place, ()) if place is not None else ()
        if any(same_unknown(each, value) for each in inputs for value in wanted):
            return place
        if len(inputs) != 1 or not isinstance(inputs[0], Tensor) or inputs[0].attached is False:
            return None  # what was cut off the graph is data again: no part of the network that is trained
        place = inputs[0].place
    return None


def _reshaped(machine: Machine, value: Value) -> list[Value]:
    """A value, and what it is only another view of."""
    found = [value]
    while len(found) < _STEPS and isinstance(value, (Tensor, Unknown)) and value.place is not None:
        inputs = machine.inputs_of.get(value.place, ())
        if len(inputs) != 1:
            break
        value = inputs[0]
        found.append(value)
    return found
