"""Dense layers that follow each other directly: judged when a file has run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from nnlint.analysis.events import LossCall
from nnlint.analysis.machine import Machine
from nnlint.analysis.settings_events import Link
from nnlint.analysis.values import Built, Constant, Place, Tensor, Unknown, Value
from nnlint.analysis.wiring_events import LinearStack

__all__ = ["linear_stacks"]

_COUNTED = re.compile(r"self\.(\w*[a-z_])(\d+)")


def linear_stacks(machine: Machine) -> Iterator[LinearStack]:
    """The dense layers of a run that were fed another dense layer's raw output."""
    file = PurePath(machine.frame.module.path).name
    if not machine.settings.links or file.startswith("test"):
        return  # networks of tests need not be able to learn anything
    consumers = _consumers(machine)
    for before, link in machine.settings.links:
        if before.frame != link.frame or before.inside != link.inside:
            continue
        if before.layer is not None and before.layer == link.layer and not _is_repeated(machine, link.layer):
            continue
        if isinstance(before.layer, Built) and before.layer.place in machine.settings.kept:
            continue
        shared = not before.inside and any(len(consumers.get(place, ())) > 1 for place in before.through)
        narrow, known = _is_narrow(before, link)
        yield LinearStack(
            link.place, link.name, before.name, before.place, narrow, known, before.bias, shared
        )


def _is_repeated(machine: Machine, layer: object) -> bool:
    return isinstance(layer, Built) and layer.serial in machine.settings.repeated


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
    for place in machine.wiring.handed_out:
        found.setdefault(place, set()).update((place, Place("", 0)))
    return found


def _is_narrow(before: Link, link: Link) -> tuple[bool, bool]:
    """Whether the pair may be a factorised layer, narrower between than around, and if numbers say so."""
    width, wants, gives = _number(before.gives), _number(before.wants), _number(link.gives)
    outer = [size for size in (wants, gives) if size is not None]
    if width is not None and wants is not None and gives is None and before.bias and 4 * width > wants:
        return False, False  # a hidden layer a little smaller than the one before: nobody factorises so
    if width is not None and outer:
        return width < min(outer), True
    return _is_same(before.gives, before.wants) and not _are_counted(before, link), False


def _are_counted(before: Link, link: Link) -> bool:
    """``self.fc2`` and ``self.fc3``: steps of one network, no mixing of features in front of it."""
    one, other = _COUNTED.fullmatch(before.name), _COUNTED.fullmatch(link.name)
    return one is not None and other is not None and one[1] == other[1] and int(other[2]) == int(one[2]) + 1


def _is_same(one: Value | None, other: Value | None) -> bool:
    """Whether two sizes that are not known are certainly the same one."""
    return isinstance(one, Unknown) and one.place is not None and one == other


def _number(value: Value | None) -> int | None:
    return value.value if isinstance(value, Constant) and type(value.value) is int else None
