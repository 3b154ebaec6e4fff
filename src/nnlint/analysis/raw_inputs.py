"""Whether a Keras network takes its input as it comes: no layer in it scales or normalises anything."""

from __future__ import annotations

from nnlint.analysis.containers import items_of, known_items
from nnlint.analysis.events import LayerCall
from nnlint.analysis.machine import Machine
from nnlint.analysis.values import Built, Constant, Instance, List, Place, Tensor, Tuple, Value
from nnlint.knowledge import spec

__all__ = ["takes_raw"]

_PLAIN = frozenset(
    {
        "dense", "conv", "flatten", "dropout", "pool", "global-pool", "recurrent", "input",
        "merge", "noise", "pad", "reshape", "upsample",
    }
)  # fmt: skip
"""Kinds of layers; where pixels are looked up in an embedding they are the names of classes."""
_DEEPEST = 4
"""Levels of wrappers and networks inside each other that are looked into."""


def takes_raw(machine: Machine, model: Built | Instance) -> bool:
    """Whether every layer is known and none of them scales, normalises or wraps anything else."""
    if not isinstance(model, Built) or model.escaped:
        return False
    if isinstance(model.entry.does, spec.Model):
        outputs = model.attrs.get("outputs")
        return outputs is not None and _leads_back(machine, outputs)
    return isinstance(model.entry.does, spec.Container) and _is_plain(model)


def _is_plain(layer: Value, depth: int = 0) -> bool:
    """Whether a layer does no scaling of its own; what only applies an activation is a layer, too."""
    effect = layer.entry.does if isinstance(layer, Built) else None
    if isinstance(effect, spec.Container) and isinstance(layer, Built) and depth < _DEEPEST:
        items = items_of(layer)
        return bool(items) and all(_is_plain(item, depth + 1) for item in items)
    if isinstance(layer, Tensor):
        return layer.made == "input"  # what comes in may stand first among the layers
    if isinstance(effect, spec.Layer):
        return effect.kind in _PLAIN or (effect.kind == "other" and effect.activation != "")
    return isinstance(effect, spec.Activation)


def _leads_back(machine: Machine, outputs: Value) -> bool:
    """Whether the outputs of a functional model are made of its inputs by such layers alone."""
    made: dict[Place, list[LayerCall]] = {}
    for event in machine.events:
        if isinstance(event, LayerCall):
            made.setdefault(event.place, []).append(event)
    todo, seen = [outputs], set[Place]()
    while todo:
        value = todo.pop()
        if isinstance(value, (Tuple, List)):
            todo += known_items(machine, value)
        elif isinstance(value, Constant):
            continue
        elif not isinstance(value, Tensor) or value.place is None:
            return False
        elif value.made != "input" and value.place not in seen:
            seen.add(value.place)
            calls = made.get(value.place, ())
            if not calls or not all(call.kind == "activation" or _is_plain_call(call) for call in calls):
                return False
            todo += (item for call in calls for item in call.inputs)
    return bool(seen)


def _is_plain_call(call: LayerCall) -> bool:
    return call.kind in _PLAIN if not isinstance(call.layer, Built) else _is_plain(call.layer)
