"""Logarithms of probabilities that only classes are drawn by: minus infinity is a fair score there."""

from __future__ import annotations

from nnlint.analysis.events import ActivationCall
from nnlint.analysis.machine import Machine
from nnlint.analysis.values import Place, Tensor, Unknown

__all__ = ["forget_drawn_logarithms"]

_FURTHEST = 40


def forget_drawn_logarithms(machine: Machine) -> None:
    """Take the logarithms out of what happened whose every use is the choice of a class by chance."""
    if not machine.wiring.draws:
        return
    uses: dict[Place, set[Place]] = {}
    for made in (machine.inputs_of, machine.wiring.parents):
        for place, inputs in made.items():
            for value in inputs:
                if isinstance(value, (Tensor, Unknown)) and value.place is not None:
                    uses.setdefault(value.place, set()).add(place)
    machine.events = [
        event
        for event in machine.events
        if not (
            isinstance(event, ActivationCall)
            and event.effect.function == "log"
            and _is_only_drawn(machine, event.place, uses)
        )
    ]


def _is_only_drawn(machine: Machine, place: Place, uses: dict[Place, set[Place]]) -> bool:
    """Whether every way on from a value ends in a draw."""
    todo, seen = [place], {place}
    while todo and len(seen) < _FURTHEST:
        further = uses.get(todo.pop())
        if not further:
            return False
        new = further - machine.wiring.draws - seen
        seen |= new
        todo += new
    return not todo
