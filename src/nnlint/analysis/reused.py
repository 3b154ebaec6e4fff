"""Layers that stand in for several: fed their own output again, or the outputs of different layers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from nnlint.analysis.events import LayerCall, on_a_branch
from nnlint.analysis.machine import Machine
from nnlint.analysis.parametric import owns_parameters
from nnlint.analysis.values import Built, Constant, Place, Tensor, Unknown, Value
from nnlint.analysis.wiring_events import IdleLayer, ReusedLayer

__all__ = ["reused_layers"]

_ROW = 3
"""From how many applications in a row on a layer is taken for several: two may be a cycle that is meant."""
_FURTHEST = 40


def reused_layers(machine: Machine, path: str) -> Iterator[ReusedLayer]:
    """The layers of a file that are applied at places where as many different layers belong."""
    runs: dict[tuple[int, int, str], list[LayerCall]] = {}
    makers: dict[int, dict[Place, LayerCall]] = {}
    for call in machine.events:
        if not isinstance(call, LayerCall) or not isinstance(call.layer, Built):
            continue
        if owns_parameters(call.layer):
            makers.setdefault(call.frame, {}).setdefault(call.place, call)
        elif call.kind != "norm":
            continue
        if call.place.path == path and call.name != call.layer.name.rpartition(".")[2]:
            # A helper that makes one for every name is run once: the name tells them apart.
            runs.setdefault((call.layer.serial, call.frame, call.name), []).append(call)
    told = {place for event in machine.events if isinstance(event, IdleLayer) for place in event.twin_places}
    for (_, frame, _), calls in runs.items():
        if len({call.place for call in calls}) < 2 or any(map(_is_conditional, calls)):
            continue
        made = makers.get(frame, {})
        found = _in_a_row(machine, calls, made) or _of_several(machine, calls, made)
        if found is not None and found.place not in told:
            told.add(found.place)
            yield found


def _is_conditional(call: LayerCall) -> bool:
    """A loop repeats a layer on purpose, and the arms of a condition use it in turn."""
    step = call.path
    while step is not None and step.kind != "call":
        if step.kind == "loop":
            return True
        step = step.outer
    return on_a_branch(call.path)


def _in_a_row(machine: Machine, calls: list[LayerCall], makers: dict[Place, LayerCall]) -> ReusedLayer | None:
    """A dense layer or convolution that is fed its own output again and again."""
    if calls[0].kind not in {"dense", "conv"} or len({call.place for call in calls}) < _ROW:
        return None
    for before, after in pairwise(calls):
        if before.place not in _behind(machine, after, makers):
            return None
    assert isinstance(calls[0].layer, Built)
    places = tuple(call.place for call in calls)
    return ReusedLayer(places[1], calls[0].name, "row", (places[0], *places[2:]), calls[0].layer.place, ())


def _of_several(
    machine: Machine, calls: list[LayerCall], makers: dict[Place, LayerCall]
) -> ReusedLayer | None:
    """A batch normalisation, with running statistics, behind different layers."""
    norm = calls[0].layer
    assert isinstance(norm, Built)
    if calls[0].kind != "norm" or "batch" not in norm.name.lower() or _counts_nothing(norm):
        return None
    fed: dict[int, LayerCall] = {}
    for call in calls:
        behind = [makers[place] for place in _behind(machine, call, makers)]
        if len(behind) != 1 or not isinstance(behind[0].layer, Built) or behind[0].layer is norm:
            return None
        fed.setdefault(behind[0].layer.serial, behind[0])
    if len(fed) < 2:
        return None
    names = tuple(call.name for call in fed.values())
    return ReusedLayer(calls[1].place, calls[0].name, "norm", (calls[0].place,), norm.place, names)


def _counts_nothing(norm: Built) -> bool:
    """Whether a normalisation keeps no running statistics, or may not."""
    counts = norm.args.get("track_running_stats", Constant(True))
    return "open" in norm.attrs or counts != Constant(True)


def _behind(machine: Machine, call: LayerCall, makers: dict[Place, LayerCall]) -> set[Place]:
    """Where the nearest layers with parameters are applied on the ways back from a layer's input."""
    found: set[Place] = set()
    seen: set[Place] = set()
    todo: list[Value] = list(call.inputs)
    while todo and len(seen) < _FURTHEST:
        value = todo.pop()
        place = value.place if isinstance(value, (Tensor, Unknown)) else None
        if place is None or place in seen:
            continue
        seen.add(place)
        if place in makers:
            found.add(place)
        else:
            todo += machine.inputs_of.get(place, machine.wiring.parents.get(place, ()))
    return found
