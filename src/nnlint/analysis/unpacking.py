"""What the names that values are bound to promise, against what the values are."""

from __future__ import annotations

import re

from nnlint.analysis.data_events import Renamed, Unpacked
from nnlint.analysis.machine import Machine
from nnlint.analysis.mixups import judged_by
from nnlint.analysis.provenance import HELD_OUT, may_be_held, word_role
from nnlint.analysis.values import Instance, Tensor, Tuple, Value
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell

__all__ = ["made_as", "renamed", "unpacked"]

_PASSING = frozenset(
    {"iter", "__iter__", "enumerate", "DataLoader", "cycle", "Subset", "SubsetRandomSampler"}
)
_CHOOSING = frozenset({"sampler", "batch_sampler", "indices"})
_TRAIN = re.compile(r"train(?:ing)?", re.IGNORECASE)
_NUMBER = re.compile(
    r"_(size|len|length|count|ratio|steps|epochs|rate|shuffle|workers|samples?_per_\w+)(_|$)", re.I
)
"""Names of numbers that the splits may well share."""
_HELD = {"test": ("test", "testing"), "validation": ("val", "valid", "validation", "dev")}


def unpacked(machine: Machine, target: ir.Sequence, value: Tuple) -> None:
    """The parts of a split get names."""
    names: list[str] = []
    parts: list[tuple[str, str]] = []
    _flatten(target, value, names, parts)
    if len(parts) < 2 or len(names) != len(parts):
        return
    first = _first(value)
    if first is not None and first.place is not None:
        flat = len(target.items) == len(names) and all(isinstance(item, ir.Name) for item in target.items)
        machine.emit(Unpacked(machine.place(target.id), tuple(names), tuple(parts), first.place, flat))


def _first(value: Value) -> Tensor | None:
    while isinstance(value, Tuple) and value.items:
        value = value.items[0]
    return value if isinstance(value, Tensor) else None


def _flatten(target: ir.Expr, value: Value, names: list[str], parts: list[tuple[str, str]]) -> None:
    if isinstance(target, ir.Sequence) and isinstance(value, Tuple) and len(target.items) == len(value.items):
        for item, part in zip(target.items, value.items, strict=True):
            _flatten(item, part, names, parts)
    elif isinstance(value, Tensor) and value.data is not None and value.data.rows:
        kind = value.data.rows[-1].kind
        if kind in {"train", "test"} and value.made == "data":
            parts.append((kind, value.data.part))
            names.append(target.name if isinstance(target, (ir.Name, ir.Attr)) else "")
    elif isinstance(value, Tensor) and value.made == "index" and value.by in {"train", "test"}:
        parts.append((value.by, ""))
        names.append(target.name if isinstance(target, (ir.Name, ir.Attr)) else "")


def renamed(machine: Machine, target: ir.Expr, value: ir.Expr) -> None:
    """``test_iter = iter(train_loader)`` beside a ``test_loader``, also as a part of a tuple."""
    if isinstance(target, ir.Sequence) and isinstance(value, ir.Sequence):
        if len(target.items) == len(value.items) and not any(map(_is_held_out, value.items)):
            for one, other in zip(target.items, value.items, strict=True):
                renamed(machine, one, other)
        return
    if type(value) is ir.Call:
        judged_by(machine, target, value)
    name = target.name if isinstance(target, (ir.Name, ir.Attr)) else ""
    made_as(machine, name, target, value)


def made_as(machine: Machine, name: str, target: ir.Expr, value: ir.Expr) -> None:
    """What is made of training data gets a name, a key or the name of a function that speaks of others."""
    if not may_be_held(name):
        return
    role = word_role(name)
    if role not in HELD_OUT or _NUMBER.search(name):
        return
    source = _source(value)
    if source is None or word_role(source.name) != "train":
        return
    for word in _HELD[role]:
        twin = _TRAIN.sub(lambda found, word=word: _like(found.group(), word), source.name)  # type: ignore[misc]
        if _exists(machine, source, twin):
            place = machine.place(target.id)
            taken = machine.place(source.id)
            machine.emit(Renamed(place, f"`{name}` is made from", spell(source), twin, taken))
            return


def _is_held_out(value: ir.Expr) -> bool:
    """Whether a value is named as test or validation data: beside training data, the two change places."""
    source = _source(value)
    return source is not None and word_role(source.name) in HELD_OUT


def _like(found: str, word: str) -> str:
    return word.upper() if found.isupper() else word.capitalize() if found[0].isupper() else word


def _source(value: ir.Expr) -> ir.Name | ir.Attr | None:
    """The name a value is just another form of."""
    for _ in range(3):
        if isinstance(value, (ir.Name, ir.Attr)):
            return value
        if not isinstance(value, ir.Call):
            return None
        called = value.func
        if isinstance(called, ir.Attr) and called.name in _PASSING and not value.args:
            value = called.value
        elif isinstance(called, (ir.Name, ir.Attr)) and called.name in _PASSING and value.args:
            chosen = _chosen(called.name, value)
            if chosen is None:
                return None
            value = chosen
        else:
            return None
    return None


def _chosen(called: str, node: ir.Call) -> ir.Expr | None:
    """The argument that says which rows come out of a loader or view of a data set."""
    sampler = next((expr for name, expr in node.keywords if name in _CHOOSING), None)
    if sampler is not None:
        return sampler
    return node.args[min(len(node.args), 2) - 1] if called == "Subset" else node.args[0]


def _exists(machine: Machine, source: ir.Name | ir.Attr, twin: str) -> bool:
    if isinstance(source, ir.Name):
        return twin in machine.frame.attrs or twin in machine.frame.module.attrs
    if isinstance(source.value, ir.Name):
        owner = machine.frame.attrs.get(source.value.name)
        return isinstance(owner, Instance) and twin in owner.attrs
    return False
