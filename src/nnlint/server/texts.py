"""Open texts: how a client's changes apply to them, and its way of counting columns."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from nnlint.diagnostic import Position
from nnlint.lines import line_starts

__all__ = ["Change", "Encoding", "Text", "units"]

Encoding = str
"""How a client counts columns: "utf-8", "utf-16" or "utf-32"."""

_CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@dataclass(frozen=True, slots=True)
class Change:
    """A part of a text, as (line, column) from 0 in the client's units, and what replaces it; None: all."""

    part: tuple[tuple[int, int], tuple[int, int]] | None
    text: str


class Text:
    """A text with its lines; it does not change."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The offset of each line."""
        if self._starts is None:
            self._starts = line_starts(self.text)
        return self._starts

    def changed(self, change: Change, encoding: Encoding) -> Text:
        """The text after a change; places beyond its end mean its end."""
        if change.part is None:
            return Text(change.text)
        start, end = sorted(self.offset(line, column, encoding) for line, column in change.part)
        return Text(self.text[:start] + change.text + self.text[end:])

    def line(self, number: int) -> str:
        """A line, counted from 0, without its end; empty beyond the last one."""
        starts = self.starts
        if not 0 <= number < len(starts):
            return ""
        end = starts[number + 1] if number + 1 < len(starts) else len(self.text)
        return self.text[starts[number] : end].rstrip("\r\n")

    def offset(self, line: int, column: int, encoding: Encoding) -> int:
        """Where a place given in the client's units is."""
        starts = self.starts
        if line < 0:
            return 0
        if line >= len(starts):
            return len(self.text)
        return starts[line] + _points(self.line(line), max(column, 0), encoding)

    def column(self, position: Position, encoding: Encoding) -> int:
        """The column of a position, from 0, in the client's units."""
        return units(self.line(position.row - 1)[: position.column - 1], encoding)

    def position(self, line: int, column: int, encoding: Encoding) -> Position:
        """A place given in the client's units as row and column from 1."""
        offset = self.offset(line, column, encoding)
        row = bisect_right(self.starts, offset)
        return Position(row, offset - self.starts[row - 1] + 1)


def units(text: str, encoding: Encoding) -> int:
    """How many units of a client a text takes."""
    if text.isascii() or encoding == "utf-32":
        return len(text)
    codec, size = _CODECS[encoding]
    return len(text.encode(codec, "surrogatepass")) // size


def _points(line: str, column: int, encoding: Encoding) -> int:
    """How many characters of a line a number of units takes; one cut in two is left out."""
    if line.isascii() or encoding == "utf-32":
        return min(column, len(line))
    codec, size = _CODECS[encoding]
    data = line.encode(codec, "surrogatepass")[: column * size]
    return len(data.decode(codec, "ignore"))
