"""Sizes that code reads from an array, and the axis of which array each of them is."""

from __future__ import annotations

from nnlint.analysis.machine import Machine
from nnlint.analysis.values import Constant, Method, Place, Tensor, Unknown, Value
from nnlint.ir import nodes as ir

__all__ = ["axis_of", "note_indexed", "note_shape", "note_size", "note_size_call", "note_unpacked"]

_SHAPES = frozenset({"torch.Tensor.shape", "tensorflow.Tensor.shape"})


def _owner(machine: Machine, value: Value) -> Place | None:
    """The array whose whole shape a value is."""
    if isinstance(value, Method) and value.name in _SHAPES:
        receiver = value.receiver
        return receiver.place if isinstance(receiver, (Tensor, Unknown)) else None
    if isinstance(value, (Tensor, Unknown)) and value.place is not None:
        return machine.wiring.whole_sizes.get(value.place)
    return None


def note_shape(machine: Machine, owner: Value, place: Place) -> None:
    """``x.shape`` and ``x.size`` of something of which nothing else is known."""
    if isinstance(owner, Unknown) and owner.place is not None:
        machine.wiring.whole_sizes[place] = owner.place


def note_size_call(machine: Machine, func: Place, arguments: tuple[Value, ...], place: Place) -> None:
    """``x.size()`` and ``x.size(0)`` of something of which nothing else is known."""
    owner = machine.wiring.whole_sizes.get(func)
    if owner is not None:
        note_size(machine, Unknown(owner), arguments[0] if arguments else None, place)


def note_unpacked(machine: Machine, value: Value, target: ir.Sequence) -> None:
    """``b, n, c = x.shape``."""
    owner = _owner(machine, value)
    if owner is None or any(isinstance(item, ir.Star) for item in target.items):
        return
    for axis, item in enumerate(target.items):
        machine.wiring.sizes[machine.place(item.id)] = (owner, axis, len(target.items))


def note_indexed(machine: Machine, value: Value, key: Value | None, place: Place) -> None:
    """``x.shape[0]``."""
    owner = _owner(machine, value)
    if owner is not None and isinstance(key, Constant) and type(key.value) is int:
        machine.wiring.sizes[place] = (owner, key.value, 0)


def note_size(machine: Machine, receiver: Value | None, axis: Value | None, place: Place) -> None:
    """``x.size()`` and ``x.size(0)``."""
    if not isinstance(receiver, (Tensor, Unknown)) or receiver.place is None:
        return
    if axis is None:
        machine.wiring.whole_sizes[place] = receiver.place
    elif isinstance(axis, Constant) and type(axis.value) is int:
        machine.wiring.sizes[place] = (receiver.place, axis.value, 0)


def axis_of(machine: Machine, value: Value) -> tuple[Place, int, int] | None:
    """The array, the axis and (where the shape was unpacked) the number of axes that a size is of."""
    if isinstance(value, (Tensor, Unknown)) and value.place is not None:
        return machine.wiring.sizes.get(value.place)
    return None
