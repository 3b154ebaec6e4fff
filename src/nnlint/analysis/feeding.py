"""What TensorFlow 1 programs feed to their placeholders, held against the shapes these were declared with."""

from __future__ import annotations

import re

from nnlint.analysis.containers import items_of
from nnlint.analysis.limits import LIMITS
from nnlint.analysis.machine import Machine
from nnlint.analysis.shapes import Shape
from nnlint.analysis.values import UNKNOWN, Constant, List, Mapping, Place, Tensor, Tuple, Value
from nnlint.analysis.wiring_events import ShapeClash

__all__ = ["fed_shape", "fed_together", "note_expected", "note_fed", "runs_version_one"]

_PLACEHOLDER = ".placeholder"
_VERSION_ONE = re.compile(r"\b(placeholder|Session|InteractiveSession)\(")


def note_expected(machine: Machine, placeholder: Value, width: int, place: Place, text: str) -> None:
    """A placeholder of unknown shape must have a last axis of this size."""
    if not isinstance(placeholder, Tensor) or not placeholder.by.endswith(_PLACEHOLDER):
        return
    if placeholder.shape is None and placeholder.place is not None:
        machine.wiring.expected.setdefault(placeholder.place, (width, place, text))


def note_fed(machine: Machine, placeholder: Value, value: Value, place: Place) -> None:
    """An entry of a dictionary whose key is a placeholder: the value is fed to it."""
    if not isinstance(placeholder, Tensor) or not placeholder.by.endswith(_PLACEHOLDER):
        return
    fed = fed_shape(value)
    at = placeholder.place
    if fed is None or at is None:
        return
    because: tuple[tuple[Place, str], ...] = ((place, f"values of shape {fed} are fed to it here"),)
    if isinstance(value, Tensor) and value.place is not None and value.place != place:
        because = (*because, (value.place, f"this is shape {fed}"))
    declared = placeholder.shape
    if declared is not None and declared.whole and _contradict(declared, fed):
        text = f"a placeholder of shape {declared} is fed values of shape {fed}"
        machine.emit(ShapeClash(at, "feed", text, because))
    elif declared is None and at in machine.wiring.expected:
        width, used, text = machine.wiring.expected[at]
        if fed.last is not None and fed.last != width:
            wrong = f"values of shape {fed} are fed where {width} columns are needed"
            machine.emit(ShapeClash(at, "feed", wrong, (*because, (used, text))))


def fed_together(machine: Machine, fed: Mapping, pairs: list[tuple[Value | None, Value]]) -> None:
    """A dictionary feeds these placeholders."""
    found = {
        key.place: value
        for key, value in pairs
        if isinstance(key, Tensor) and key.place is not None and key.by.endswith(_PLACEHOLDER)
    }
    if found and len(found) == len(pairs):
        machine.notes.feeds[fed.serial] = found


def _contradict(declared: Shape, fed: Shape) -> bool:
    """Whether no array has both shapes."""
    if len(fed.dims) > len(declared.dims) or (fed.whole and len(fed.dims) != len(declared.dims)):
        return True
    own = declared.dims[len(declared.dims) - len(fed.dims) :]
    return any(a is not None and b is not None and a != b for a, b in zip(own, fed.dims, strict=True))


def fed_shape(value: Value) -> Shape | None:
    """The shape of an array, or of nested lists."""
    if isinstance(value, Tensor):
        return value.shape
    if isinstance(value, Constant):
        return Shape(()) if isinstance(value.value, (int, float)) else None
    if not isinstance(value, (List, Tuple)):
        return None
    items = value.items if isinstance(value, Tuple) else items_of(value)
    if not items or UNKNOWN in items:
        return None
    inner = [fed_shape(item) for item in items]
    first = inner[0]
    if first is None or not first.whole or any(each != first for each in inner):
        return None
    # A comprehension over something unknown leaves one item that stands for any number.
    size = len(items) if 1 < len(items) < LIMITS.unroll else None
    return Shape((size, *first.dims))


def runs_version_one(machine: Machine) -> bool:
    """Whether the file is written for TensorFlow 1 itself, not for its interface inside TensorFlow 2."""
    path = machine.frame.module.path
    known = machine.wiring.version_one.get(path)
    if known is None:
        from nnlint.analysis.files import file_path

        source = machine.project.source(file_path(path))
        text = source.text if source is not None else ""
        known = "compat.v1" not in text and bool(_VERSION_ONE.search(text))
        machine.wiring.version_one[path] = known
    return known
