"""Rows that two cuts of the same data have in common."""

from __future__ import annotations

import re

from nnlint.analysis.data_events import Overlapping
from nnlint.analysis.machine import Machine
from nnlint.analysis.mixups import without_role
from nnlint.analysis.provenance import DRAWN, HELD_OUT, role_of
from nnlint.analysis.values import Provenance, Rows, Tensor

__all__ = ["note_overlap", "overlap"]

_LOOKBACK = 0.25
"""Up to this share of a cut may be in the other on purpose: what comes before a series that is predicted."""
_WHOLE = re.compile(r"full|all|whole|total|final|trainval|train_?val", re.I)
"""What is called so holds the validation rows on purpose, for the last fit."""


def overlap(one: Provenance, other: Provenance) -> str:
    """Which rows two cuts have in common, in words; "" where they have none, or that is not certain."""
    if one.root is None or one.root != other.root or not one.rows or one.timed or other.timed:
        return ""
    if len(one.rows) != len(other.rows) or one.rows[:-1] != other.rows[:-1] or one.order != other.order:
        return ""
    train, test = one.rows[-1], other.rows[-1]
    if train == test:
        return "they are cut alike" if train.kind in {"head", "tail"} else ""
    if any(step.kind == "reshuffle" and step in other.steps for step in one.steps):
        return "they are cut from data that are shuffled anew in every round"
    if {train.kind, test.kind} <= {"head"}:
        return "both begin with the first row"
    if {train.kind, test.kind} <= {"tail"}:
        return "both end with the last row"
    if train.kind == test.kind == "some" and _is_drawn(train.key) and _is_drawn(test.key):
        return "each is drawn from all rows"
    left, right = _bounds(train), _bounds(test)
    if left is None or right is None:
        return ""
    start, end = max(left[0], right[0]), min(left[1], right[1])
    shared = end - start
    if shared <= _LOOKBACK * min(left[1] - left[0], right[1] - right[0]):
        return ""
    return f"both take the rows from {start:.0f} to {end - 1:.0f}"


def _is_drawn(key: object) -> bool:
    return type(key) is tuple and key[0] == DRAWN


def _bounds(rows: Rows) -> tuple[float, float] | None:
    """The first row of a cut and the one behind its last."""
    text = str(rows.key)
    if rows.kind == "head" and text.isdigit():
        return 0, int(text)
    if rows.kind == "tail" and text.isdigit():
        return int(text), float("inf")
    lower, _, upper = text.partition(":")
    if rows.kind == "some" and lower.isdigit() and upper.isdigit():
        return int(lower), int(upper)
    return None


def note_overlap(machine: Machine, value: Tensor, name: str) -> None:
    """A cut gets the name of a split, and a variable holds a cut of the other split, with the same rows."""
    data = value.data
    if data is None or value.place is None or value.made != "data" or _WHOLE.search(name):
        return
    held = role_of(data) in HELD_OUT
    for other, known in machine.frame.attrs.items():
        if not isinstance(known, Tensor) or known.data is None or known.place is None or other == name:
            continue
        if _WHOLE.search(other):
            continue
        cut = known.data
        if cut.root != data.root or cut.part != data.part:
            continue
        if role_of(cut) not in ({"train"} if held else HELD_OUT):
            continue
        if cut.rows == data.rows and without_role(name) != without_role(other):
            continue  # an item, or something else that is made of the same rows
        shared = overlap(cut, data) if held else overlap(data, cut)
        pair = frozenset({cut.rows[-1:], data.rows[-1:]})
        if shared and pair not in machine.feed.overlaps:
            machine.feed.overlaps.add(pair)  # labels are cut like their samples
            machine.emit(Overlapping(value.place, name, other, known.place, shared))
            return
