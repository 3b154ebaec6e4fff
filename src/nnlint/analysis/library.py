"""Networks that code out of sight makes, and what is known of them by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnlint.analysis.machine import Machine
from nnlint.analysis.values import Constant, Method, Origin, Place, Unknown, Value
from nnlint.knowledge.library_networks import of_family, told_to_drop

if TYPE_CHECKING:
    from nnlint.analysis.arguments import Args

__all__ = ["moved_on", "note_network"]

_MOVES = frozenset({"cpu", "cuda", "double", "float", "half", "to"})
"""Methods of networks that give back the network."""


def note_network(machine: Machine, name: str, args: Args, place: Place) -> None:
    """A call of a library may make a network that behaves otherwise while training."""
    first = args.positional[0] if args.positional else args.keywords.get("model_name")
    said = of_family(name, first.value if isinstance(first, Constant) else None)
    if not said and args.keywords:
        known = {key: value.value for key, value in args.keywords.items() if isinstance(value, Constant)}
        option = told_to_drop(known)
        said = f"it is told `{option}`" if option else ""
    if said:
        machine.notes.minding[place] = Origin(place, f"the network is made here: {said}")


def moved_on(machine: Machine, callee: Value, place: Place) -> None:
    """``network.to(device)`` is the network."""
    owner: object = None
    name = ""
    if isinstance(callee, Method) and isinstance(callee.receiver, Unknown):
        owner, name = callee.receiver.place, callee.name.rpartition(".")[2]
    elif isinstance(callee, Unknown) and callee.place in machine.notes.parts:
        owner, name = machine.notes.parts[callee.place]
    if name in _MOVES and isinstance(owner, Place) and owner in machine.notes.minding:
        machine.notes.minding[place] = machine.notes.minding[owner]
