"""Items of a list of layers that no index reaches, while another item is applied at several places."""

from __future__ import annotations

from collections.abc import Iterator

from nnlint.analysis.containers import items_of
from nnlint.analysis.limits import LIMITS
from nnlint.analysis.machine import Machine
from nnlint.analysis.parametric import owns_parameters
from nnlint.analysis.uses import Uses
from nnlint.analysis.values import UNKNOWN, Built, Instance, Place
from nnlint.analysis.wiring_events import SkippedItem
from nnlint.knowledge.spec import Container

__all__ = ["skipped_items"]


def skipped_items(machine: Machine, instance: Instance, uses: Uses) -> Iterator[SkippedItem]:
    """The skipped items of a network's lists, where every use of the list takes one item by a known index."""
    if uses.reaches_all or "open" in instance.attrs:
        return
    for name, value in instance.attrs.items():
        if not isinstance(value, Built) or not isinstance(value.entry.does, Container) or value.escaped:
            continue
        if value.entry.does.kind != "list" or uses.counted.get(name, 0) != uses.indexed.get(name, 0):
            continue
        if name in uses.texts or "open" in value.attrs:
            continue
        found = _skipped(machine, name, value)
        if found is not None:
            yield found


def _skipped(machine: Machine, name: str, layers: Built) -> SkippedItem | None:
    items = items_of(layers)
    picked = machine.wiring.picked.get(layers.serial, [])
    if not 2 <= len(items) < LIMITS.unroll or UNKNOWN in items or not picked:
        return None
    places: dict[int, list[Place]] = {}
    for number, place in picked:
        if number is None or not -len(items) <= number < len(items):
            return None
        places.setdefault(number % len(items), []).append(place)
    missing = [number for number in range(len(items)) if number not in places]
    twice = [number for number, where in places.items() if len(set(where)) > 1]
    if len(missing) != 1 or len(twice) != 1:
        return None
    item = items[missing[0]]
    if not isinstance(item, (Built, Instance)) or not owns_parameters(item):
        return None
    if any(item is other for number, other in enumerate(items) if number != missing[0]):
        return None
    first, second = list(dict.fromkeys(places[twice[0]]))[:2]
    return SkippedItem(second, name, missing[0], twice[0], item.place, first)
