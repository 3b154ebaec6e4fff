"""Repairs of training loops: calls that are put in, or moved."""

from __future__ import annotations

import re
from typing import Literal

from nnlint.analysis.repair import Delete, Insert, Repair, Replace
from nnlint.analysis.training_events import Act
from nnlint.analysis.values import Place
from nnlint.ir import nodes as ir

__all__ = ["inserted", "moved", "put_before", "received"]

_DOTTED = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


def inserted(
    at: Act, call: str, spelled: Act, where: Literal["before", "behind"] = "before"
) -> Repair | None:
    """A call beside an act; the name in it is known there only if it is used in the same function."""
    if not _DOTTED.fullmatch(call.removesuffix("()")) or not _together(at, spelled):
        return None
    return Repair(f"Call `{call}`", (Insert(at.place, call, (), where),))


def moved(act: Act, to: Act, where: Literal["before", "behind"] = "before") -> Repair | None:
    """An act that stands in another place, as it is."""
    if not _together(act, to):
        return None
    return Repair(f"Move `{act.text}`", (Delete(act.place), Insert(to.place, "{0:arg}", (act.place,), where)))


def received(act: Act, name: str) -> Repair | None:
    """The same method of another object."""
    func = act.node.func
    if not isinstance(func, ir.Attr) or not _DOTTED.fullmatch(name):
        return None
    owner = Place(act.place.path, func.value.id)
    return Repair(f"Call `{name}.{func.name}`", (Replace(owner, name),))


def put_before(name: str, mode: str, loop: Place, act: Act) -> Insert | None:
    """A switch of the mode in front of the loop that an act stands in, without a call between them."""
    step = act.path
    while step is not None and step.kind != "call":
        if step.place == loop:
            return Insert(loop, f"{name}.{mode}()") if _DOTTED.fullmatch(name) else None
        step = step.outer
    return None


def _together(one: Act, other: Act) -> bool:
    """Whether two acts stand in one function, and one loop of it."""
    if (one.place.path, one.function) != (other.place.path, other.function):
        return False
    loops = [act.path.inside("loop") if act.path is not None else None for act in (one, other)]
    places = [loop.place if loop is not None else None for loop in loops]
    return places[0] == places[1]
