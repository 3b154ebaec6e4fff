"""What a shuffle does to the order of rows."""

from __future__ import annotations

from nnlint.analysis.effects.given import Given
from nnlint.analysis.provenance import Drawn, spelled
from nnlint.analysis.values import NONE, Built, Constant

__all__ = ["draw_order", "same_again"]


def draw_order(given: Given, param: str = "") -> object:
    """What a shuffle does to the order: the same for the same seed, otherwise a new one each time."""
    state = given.values.get(param) if param else None
    if state is not None and not (isinstance(state, Constant) and state.value is None):
        for name, expr in given.node.keywords:
            if name == param:
                return Drawn((spelled(expr),), given.place)
    return same_again(given)


def same_again(given: Given) -> object:
    """An order drawn from the global generator, known by the seed it was set to and the draws since.

    A generator of its own is known by its own seed.
    """
    machine = given.machine
    generator = given.receiver
    if isinstance(generator, Built):
        draws = machine.feed.draws[generator.serial] = machine.feed.draws.get(generator.serial, 0) + 1
        seed = generator.args.get("seed", NONE)
        return given.place if seed == NONE else Drawn((seed, draws), given.place)
    if machine.seeded:
        machine.drawn += 1
        return Drawn((machine.seeded, machine.drawn), given.place)
    return given.place
