"""The fix of a suppression comment that silences nothing: it goes, or the code in it does."""

from __future__ import annotations

import re
from dataclasses import replace

from nnlint.diagnostic import Applicability, Diagnostic, Edit, Fix, Position, Span

__all__ = ["with_fix"]

_BEHIND = re.compile(r"\s*,\s*(?=[A-Z]+[0-9])|\s+(?=[A-Z]+[0-9])")
_BEFORE = re.compile(r"(?<=[A-Z0-9])\s*[,\s]\s*$")
_HEAD = re.compile(r"\s*#\s*(?:nnlint\s*:\s*)?(?:noqa|ignore)\s*[:\[]\s*$", re.IGNORECASE)


def with_fix(one: Diagnostic, line: str) -> Diagnostic:
    """The finding with its fix. line: the text of the row it is in."""
    columns = _excess(line, one.span.start.column - 1, one.span.end.column - 1)
    if columns is None:
        return one
    row, (first, last) = one.span.start.row, columns
    end = Position(row + 1, 1) if (first, last) == (0, len(line)) else Position(row, last + 1)
    edit = Edit(Span(Position(row, first + 1), end), "")
    return replace(one, fix=Fix(Applicability.SAFE, "Take the code out of the comment", (edit,)))


def _excess(line: str, start: int, end: int) -> tuple[int, int] | None:
    """From where to where to take text out for the code that stands between two offsets."""
    if found := _BEHIND.match(line, end):
        return start, found.end()
    if found := _BEFORE.search(line[:start]):
        return found.start(), end
    head = _HEAD.search(line[:start])
    rest = line[end:].lstrip().removeprefix("]").lstrip()
    if head is None or (rest and not rest.startswith("#")):
        return None  # the words behind it may be meant for people
    if not rest:
        return head.start(), len(line)
    kept = head.start() + len(head[0]) - len(head[0].lstrip())
    return kept, len(line) - len(rest)
