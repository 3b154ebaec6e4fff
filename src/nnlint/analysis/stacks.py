"""Dense layers that follow each other directly: found among the layer calls when a file has run."""

from __future__ import annotations

from collections.abc import Iterator

from nnlint.analysis.events import LayerCall, LossCall
from nnlint.analysis.machine import Machine
from nnlint.analysis.values import Built, Constant, External, Place, Tensor, Value
from nnlint.analysis.wiring_events import LinearStack
from nnlint.knowledge import index
from nnlint.knowledge.spec import Layer, Scale

__all__ = ["linear_stacks"]


def linear_stacks(machine: Machine) -> Iterator[LinearStack]:
    """The dense layers of a run that were fed another dense layer's raw output."""
    applied = [event for event in machine.events if isinstance(event, LayerCall)]
    calls = [event for event in applied if event.kind == "dense"]
    # Inside a container every layer has the place of the container's call.
    networks = {event.place for event in applied if event.kind == "network"}
    if len(calls) < 2:
        return
    first: dict[Place, LayerCall] = {}
    for call in calls:
        first.setdefault(call.place, call)
        if isinstance(call.layer, Built):
            first.setdefault(call.layer.place, call)
    consumers = _consumers(machine)
    for call in calls:
        operand = call.inputs[0] if call.inputs else None
        if not isinstance(operand, Tensor) or operand.scale is not Scale.LOGITS or not operand.because:
            continue
        if operand.made == "network" or len(operand.because) > 1 or not _is_dense(call):
            continue
        before = first.get(operand.because[0].place)
        if before is None or (before.layer is call.layer and isinstance(call.layer, Built)):
            continue
        if not _is_dense(before) or before.frame != call.frame:
            continue
        folded = call.place in networks
        if call.place != before.place and (folded or before.place in networks):
            continue
        shared = operand.place is not None and len(consumers[operand.place]) > 1
        place = call.layer.place if folded and isinstance(call.layer, Built) else call.place
        start = before.layer.place if folded and isinstance(before.layer, Built) else before.place
        narrow = _is_narrow(before, call)
        yield LinearStack(place, call.name, before.name, start, narrow, shared and not folded)


def _consumers(machine: Machine) -> dict[Place, set[Place]]:
    """Where each value is used: by layers and operators, and by what hands it out beside another."""
    found: dict[Place, set[Place]] = {}
    for place, inputs in machine.inputs_of.items():
        for value in inputs:
            if isinstance(value, Tensor) and value.place is not None:
                found.setdefault(value.place, set()).add(place)
    for event in machine.events:
        if isinstance(event, LossCall) and isinstance(event.prediction, Tensor) and event.prediction.place:
            found.setdefault(event.prediction.place, set()).add(event.place)
    for place in machine.handed_out:
        found.setdefault(place, set()).update((place, Place("", 0)))
    return _Default(found)


class _Default(dict[Place, set[Place]]):
    def __missing__(self, key: Place) -> set[Place]:
        return set()


def _is_dense(call: LayerCall) -> bool:
    """Whether the call is a layer with its own weights, or a product with a variable."""
    if isinstance(call.layer, Built):
        return isinstance(call.layer.entry.does, Layer) and bool(call.layer.entry.does.out_size)
    if isinstance(call.layer, External):
        entry = index.find(call.layer.name)
        if entry is not None and isinstance(entry.does, Layer) and entry.does.out_size:
            return True
        # A matrix product is a layer where the other factor is a variable of known width.
        return isinstance(call.output, Tensor) and call.output.units is not None
    return False


def _sizes(call: LayerCall) -> tuple[int | None, int | None]:
    """The input and output size of a dense layer, where written."""
    operand = call.inputs[0] if call.inputs else None
    known = operand.shape.last if isinstance(operand, Tensor) and operand.shape is not None else None
    out = call.output.units if isinstance(call.output, Tensor) else None
    if isinstance(call.layer, Built) and isinstance(call.layer.entry.does, Layer):
        known = _number(call.layer.args.get(call.layer.entry.does.in_size)) or known
        out = _number(call.layer.args.get(call.layer.entry.does.out_size)) or out
    return known, out


def _number(value: Value | None) -> int | None:
    return value.value if isinstance(value, Constant) and isinstance(value.value, int) else None


def _is_narrow(before: LayerCall, call: LayerCall) -> bool:
    """Whether the pair may be a factorised layer: fewer sizes between than around."""
    width = _sizes(before)[1]
    outer = [size for size in (_sizes(before)[0], _sizes(call)[1]) if size is not None]
    return width is None or not outer or width < min(outer)
