"""Edits applied to a text."""

from __future__ import annotations

from collections.abc import Sequence

from nnlint.diagnostic import Edit, Position
from nnlint.lines import line_starts

__all__ = ["edited", "offsets"]


def edited(text: str, edits: Sequence[Edit]) -> str:
    """A text with edits that do not overlap. Raises IndexError for rows that it does not have."""
    starts = line_starts(text)
    for edit in sorted(edits, reverse=True):
        start, end = _offset(starts, edit.span.start), _offset(starts, edit.span.end)
        text = text[:start] + edit.content + text[end:]
    return text


def offsets(text: str, edits: Sequence[Edit]) -> tuple[int, int]:
    """Where the first edit begins and the last one ends."""
    starts = line_starts(text)
    ordered = sorted(edits)
    return _offset(starts, ordered[0].span.start), _offset(starts, ordered[-1].span.end)


def _offset(starts: Sequence[int], place: Position) -> int:
    return starts[place.row - 1] + place.column - 1
