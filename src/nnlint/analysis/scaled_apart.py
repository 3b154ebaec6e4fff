"""Images of the training and of the held-out split that are not put on the same scale."""

from __future__ import annotations

from nnlint.analysis.arguments import Args
from nnlint.analysis.containers import known_items
from nnlint.analysis.data_events import ScaledApart
from nnlint.analysis.feed import Look
from nnlint.analysis.machine import Machine
from nnlint.analysis.provenance import HELD_OUT, spelled, word_role
from nnlint.analysis.values import Constant, List, Place, Tuple, Unknown, Value
from nnlint.ir import nodes as ir
from nnlint.knowledge import augmentation

__all__ = ["held_as", "note_transform", "read_as"]

_SAME = Look(None, ())
_ORDER = "mean std scale offset"
"""The order of these parameters where they have no names."""


def note_transform(machine: Machine, name: str, args: Args, place: Place) -> None:
    """A transform of images is made: whether it puts them on another scale, and by which numbers."""
    looks = machine.feed.looks
    if augmentation.normalizes(name):
        looks[place] = Look(place, _numbers(args))
    elif augmentation.composes(name):
        inner = args.positional[0] if args.positional else args.keywords.get("transforms")
        items = known_items(machine, inner) if isinstance(inner, (List, Tuple)) else ()
        found = [
            looks.get(item.place) if isinstance(item, Unknown) and item.place else None for item in items
        ]
        if found and None not in found:
            looks[place] = next((look for look in found if look is not None and look.place), _SAME)
    elif augmentation.transforms(name):
        looks[place] = _SAME


def _numbers(args: Args) -> tuple[object, ...]:
    """The numbers of a transform, however they are handed over; whether it works in place is none of them."""
    named = sorted(args.keywords.items(), key=lambda each: _ORDER.find(each[0]))
    numbers = (*map(_plain, args.positional), *(_plain(value) for _, value in named))
    return tuple(number for number in numbers if type(number) is not bool)


def _plain(value: Value) -> object:
    if isinstance(value, Constant):
        return value.value
    if isinstance(value, Tuple):
        return tuple(map(_plain, value.items))
    if isinstance(value, List):
        items = value.attrs.get("items")
        return tuple(map(_plain, items.items)) if isinstance(items, Tuple) else None
    return None


def read_as(machine: Machine, target: ir.Expr, call: ir.Call) -> None:
    """``test_set = CIFAR10(root, train=False, transform=to_tensor)``, beside a training set."""
    role = word_role(target.name) if isinstance(target, (ir.Name, ir.Attr)) else ""
    found = _look(machine, call) if role else None
    if found is None:
        return
    assert isinstance(target, (ir.Name, ir.Attr))
    reader, look = found
    if role == "train":
        machine.feed.train_looks[reader] = (target.name, look)
    elif role in HELD_OUT and reader in machine.feed.train_looks:
        name, other = machine.feed.train_looks[reader]
        _compare(machine, machine.place(call.id), (target.name, look), (name, other), role)


def held_as(machine: Machine, node: ir.Dict, pairs: list[tuple[Value | None, Value]]) -> None:
    """``{"train": transforms, "val": other_transforms}``."""
    known: dict[str, tuple[str, Look, ir.Expr]] = {}
    for (key, value), (_, expr) in zip(pairs, node.items, strict=True):
        text = key.value if isinstance(key, Constant) else None
        place = value.place if isinstance(value, Unknown) else None
        if isinstance(text, str) and place is not None and place in machine.feed.looks:
            known[word_role(text)] = (text, machine.feed.looks[place], expr)
    if "train" not in known:
        return
    for role in sorted(HELD_OUT & known.keys()):
        name, look, expr = known[role]
        _compare(machine, machine.place(expr.id), (name, look), known["train"][:2], role)


def _compare(
    machine: Machine, place: Place, held: tuple[str, Look], train: tuple[str, Look], role: str
) -> None:
    if held[1] != train[1] and _differ(train[1], held[1]):
        machine.emit(ScaledApart(place, held[0], train[0], held[1].place, train[1].place, role))


def _differ(one: Look, other: Look) -> bool:
    """Whether one of them leaves the scale as it is, or both use other numbers, all of them known."""
    if one.place is None or other.place is None:
        return True
    return "None" not in repr((one.numbers, other.numbers)) and one.numbers != other.numbers


def _look(machine: Machine, call: ir.Call, depth: int = 0) -> tuple[str, Look] | None:
    """What reads images, and what it does to their scale; a loader reads what the data set in it reads."""
    looks = machine.feed.looks
    reader = call.func.name if isinstance(call.func, ir.Attr) else spelled(call.func)
    own = looks.get(machine.place(call.id))
    if own is not None:
        return (reader, own) if machine.place(call.id) in machine.feed.flows else None
    for expr in (*(each for name, each in call.keywords if name == "transform"), *call.args):
        value = machine.lookup(expr.name) if isinstance(expr, ir.Name) else None
        place = value.place if isinstance(value, Unknown) else machine.place(expr.id)
        if place in looks:
            return reader, looks[place]
    inner = call.args[0] if call.args else None
    return _look(machine, inner, depth + 1) if isinstance(inner, ir.Call) and depth < 2 else None
