"""Series of layers that a file makes and hands out, but never applies: they run once, when all else has."""

from __future__ import annotations

from collections.abc import Iterator

from nnlint.analysis.above import above
from nnlint.analysis.containers import items_of
from nnlint.analysis.machine import Frame, Machine
from nnlint.analysis.values import UNKNOWN, Built, List, Mapping, Module, Tuple, Value
from nnlint.ir import nodes as ir

__all__ = ["apply_unapplied"]

_DEEPEST = 3


def apply_unapplied(machine: Machine, module: Module) -> None:
    """Run something unknown through every such series that nobody reaches into."""
    made = [built for place, built in machine.wiring.series.items() if place.path == module.path]
    held = set(_held(machine)) | {id(item) for built in made for item in items_of(built)}
    frame = machine.frame
    for built in made:
        known = machine.wiring
        if built.place in known.gone_through or built.serial in known.picked:
            continue
        if built.escaped or "open" in built.attrs or id(built) in held:
            continue
        machine.root += 1
        machine.budget = max(machine.budget, machine.steps + len(items_of(built)))
        machine.frame = Frame(module, None, None, attrs={})
        number = built.place.node
        above.apply_items(machine, built, UNKNOWN, ir.Call(number, ir.Name(number, ""), (), ()))
    machine.frame = frame


def _held(machine: Machine) -> Iterator[int]:
    """What networks hold they apply as they see fit."""
    for instances in machine.instances.values():
        for instance in instances:
            for value in instance.attrs.values():
                yield from _within(value)


def _within(value: Value, depth: int = 0) -> Iterator[int]:
    if isinstance(value, Built):
        yield id(value)
    if depth == _DEEPEST:
        return
    items: tuple[Value, ...] = ()
    if isinstance(value, Tuple):
        items = value.items
    elif isinstance(value, (List, Mapping, Built)):
        items = tuple(value.attrs.values())
    for item in items:
        yield from _within(item, depth + 1)
