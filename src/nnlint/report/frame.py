"""Source frames: a place in its lines, marked underneath."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from nnlint.diagnostic import Span
from nnlint.report.base import Report
from nnlint.report.text import visible

__all__ = ["Place", "frame"]

_TAB = 4
_WIDEST = 120
"""Columns of a line that are shown; of a longer one the part around the mark."""
_BEFORE, _AFTER = 2, 1


@dataclass(frozen=True, slots=True)
class Place:
    """What a frame shows: a span of a file or cell, the mark under it and the words behind the mark."""

    path: str
    cell: int | None
    span: Span
    mark: str = "^"
    label: str = ""


def frame(
    report: Report,
    place: Place,
    width: int,
    gutter: Callable[[str], str],
    paint: Callable[[str], str],
) -> list[str]:
    """The lines of a frame; none where the file cannot be read. width: of the line numbers."""
    row = place.span.start.row
    rows = report.excerpt(place.path, place.cell, row - _BEFORE, row + _AFTER)
    if not any(number == row for number, _ in rows):
        return []
    empty = gutter(" " * width + " |")
    result = [empty]
    for number, text in rows:
        shown, start, end = _fit(text, place.span) if number == row else (_cut(_plain(text)), 0, 0)
        result.append(f"{gutter(f'{number:>{width}} |')} {shown}".rstrip())
        if number == row:
            mark = paint((place.mark * (end - start) + f" {place.label}").rstrip())
            result.append(f"{empty} {' ' * start}{mark}")
    return [*result, empty]


def _fit(text: str, span: Span) -> tuple[str, int, int]:
    """A line as shown, and between which display columns its mark goes."""
    first = min(span.start.column - 1, len(text))
    last = span.end.column - 1 if span.end.row == span.start.row else len(text.rstrip())
    last = max(min(last, len(text)), first)
    before, inside, after = (_plain(part) for part in (text[:first], text[first:last], text[last:]))
    cut = max(0, _width(before) + min(_width(inside), _WIDEST // 2) - _WIDEST)
    if cut:
        while before and _width(before) > _WIDEST // 3:
            before = before[1:]
        before = "…" + before
    start = _width(before)
    end = min(start + max(_width(inside), 1), _WIDEST)
    return _cut(before + inside + after), start, end


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _plain(text: str) -> str:
    """Tabs as blanks, other control characters as visible ones."""
    return visible(text.replace("\t", " " * _TAB))


def _width(text: str) -> int:
    """Terminal columns: wide characters take two, combining ones none."""
    return len(text) if text.isascii() else sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200c\u200d":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
