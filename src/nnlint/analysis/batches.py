"""Batches cut at the same place from samples and from labels: ``x[i:i + n]`` beside ``y[i:i + n]``."""

from __future__ import annotations

import re

from nnlint.analysis.data_events import Paired
from nnlint.analysis.feed import is_plain
from nnlint.analysis.machine import Machine
from nnlint.analysis.objects import lookup_member
from nnlint.analysis.provenance import Drawn, spelled
from nnlint.analysis.values import Function, Place, Provenance, Tensor, Unknown, Value
from nnlint.ir import nodes as ir

__all__ = ["note_batch", "note_halves", "speaks_of_labels"]

_LABELS = re.compile(r"(^|_)d?ys?(_|$)|label|target|mask|annot|truth|(^|_)gt(_|$)", re.I)
_NUMBERS = re.compile(r"ind(ex|ices)|idx|perm|order", re.I)


def speaks_of_labels(name: str) -> bool:
    """Whether a name says that it holds what belongs to samples, one by one."""
    return _LABELS.search(name.rpartition(".")[2]) is not None


def note_batch(machine: Machine, value: Value, node: ir.Index) -> None:
    """A part of something is taken; another part, cut alike, is of what belongs to it."""
    text = _cut(node)
    data = _reordered(machine, value, node.value) if text else None
    if data is None:
        return
    name, known = spelled(node.value), machine.feed.batches
    key = (machine.frame.serial, text)
    before = known.get(key)
    halves = text.startswith(":") or text.endswith(":")
    if halves and before is not None and not (before[1].order and data.order):
        before = None  # of two parts that are cut off alike only one was put in another order
    if before is not None and before[0] != name and speaks_of_labels(name):
        machine.emit(Paired(machine.place(node.id), f"{name}[{text}]", before[1], data))
    if not speaks_of_labels(name):
        known[key] = (name, data)


def note_halves(machine: Machine, place: Place, name: str, arrays: tuple[Value, ...]) -> None:
    """Two arrays that came out of one call are divided together, the first in another order since."""
    if len(arrays) != 2 or not isinstance(arrays[0], Tensor) or not is_plain(arrays[1]):
        return
    x, feed, labels = arrays[0], machine.feed, arrays[1].place  # type: ignore[attr-defined]
    if x.made != "permutation" or x.place is None or labels is None or labels in feed.handed:
        return
    root = feed.shuffled.get(x.place) or feed.mixed.get(x.place)
    if root not in (None, labels) and feed.together.get(root) == feed.together.get(labels, labels):
        order = Drawn((x.function,), x.place) if x.function else x.place
        samples = Provenance(root, "", "", None, order=(order,))
        machine.emit(Paired(place, name, samples, Provenance(labels, "", "", None)))


def _cut(node: ir.Index) -> str:
    """How a part is cut, if that depends on variables; "" for anything else."""
    if len(node.items) != 1 or not isinstance(node.value, (ir.Name, ir.Attr)):
        return ""
    item = node.items[0]
    if isinstance(item, ir.Name):
        return item.name
    if not isinstance(item, ir.Slice) or (item.lower is None and item.upper is None):
        return ""
    fixed = isinstance(item.lower, ir.Const) or isinstance(item.upper, ir.Const)
    lower, upper = ("" if bound is None else spelled(bound) for bound in (item.lower, item.upper))
    return "" if fixed else f"{lower}:{upper}"


def _reordered(machine: Machine, value: Value, node: ir.Expr) -> Provenance | None:
    """Where the rows come from and in which order they are; None where that is not certain."""
    if isinstance(value, Tensor) and value.data is not None:
        return value.data
    place = value.place if isinstance(value, (Tensor, Unknown)) else None
    if place is None or _NUMBERS.search(spelled(node)):
        return None
    if isinstance(value, Tensor):
        root = machine.feed.shuffled.get(place) if value.made == "permutation" else None
        order: object = Drawn((value.function,), place) if value.function else place
        return None if root is None else Provenance(root, "", "", None, order=(order,))
    return Provenance(place, "", "", None) if _is_parameter(machine, place, node) else None


def _is_parameter(machine: Machine, place: Place, node: ir.Expr) -> bool:
    """Whether the value is what the function, or the constructor of the object, was given."""
    function = machine.frame.function
    if isinstance(node, ir.Attr) and function is not None and function.owner is not None:
        found = lookup_member(function.owner, "__init__")
        function = found if isinstance(found, Function) else None
    return function is not None and any(param.id == place.node for param in function.node.params)
