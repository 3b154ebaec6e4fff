"""The places of a text piece by piece: LibCST reads only the top-level statements somebody asks about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

import libcst as cst

from nnlint.chunks import Splitter
from nnlint.diagnostic import Position, Span
from nnlint.frontend.ast_lower import lower_quickly
from nnlint.frontend.spans import Places
from nnlint.ir.nodes import Import, ModuleIR

__all__ = ["Piece", "PiecedPlaces", "places_of"]


@dataclass(slots=True)
class Piece:
    """Some top-level statements, lowered. first: the number of their first node."""

    text: str
    first: int
    code: ModuleIR
    rows: int
    spans: dict[int, Span | None] = field(default_factory=dict)
    """Where its nodes stand, rows counted in the piece, as far as somebody asked."""

    @property
    def numbers(self) -> range:
        """The numbers of its nodes."""
        return range(self.first, self.first + self.code.size)


def places_of(text: str) -> Places:
    """Where the nodes of a text stand that was lowered as a whole."""
    pieces: list[Piece] = []
    first = 0
    try:
        for each in Splitter().split(text) or ():
            code = lower_quickly(each, "", first)
            if code is None:
                return Places(text)
            pieces.append(Piece(each, first, code, each.count("\n")))
            first += code.size
    except RecursionError:
        return Places(text)
    return PiecedPlaces(text, pieces) if pieces else Places(text)


class PiecedPlaces(Places):
    """The places of a text, worked out in the pieces that somebody asks about; `read` reads one."""

    def __init__(self, text: str, pieces: list[Piece], read: Callable[[str], Places] = Places) -> None:
        self.text = text
        self._read = read
        self._pieces = pieces
        self._firsts = [piece.first for piece in pieces]
        self._rows = [0, *accumulate(piece.rows for piece in pieces)]
        self._opened: dict[int, Places] = {}

    def node(self, number: int) -> cst.CSTNode | None:
        place = self._place(number)
        return None if place is None else self._open(place).node(number - self._firsts[place])

    def span(self, node: cst.CSTNode) -> Span | None:
        for place, opened in self._opened.items():
            if (span := opened.span(node)) is not None:
                return _moved(span, self._rows[place])
        return None

    def spans(self, numbers: set[int]) -> dict[int, Span]:
        found = {}
        for number in numbers:
            place = self._place(number)
            span = None if place is None else self._span(place, number - self._firsts[place])
            if place is not None and span is not None:
                found[number] = _moved(span, self._rows[place])
        return found

    def parents(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        for opened in self._opened.values():
            yield from opened.parents(node)

    def imported(self) -> frozenset[str]:
        imports = (line for piece in self._pieces for line in piece.code.body if type(line) is Import)
        return frozenset(name.local for line in imports for name in line.names) - {"", "*"}

    def _place(self, number: int) -> int | None:
        """The piece of a node."""
        place = bisect_right(self._firsts, number) - 1
        return place if place >= 0 and number in self._pieces[place].numbers else None

    def _open(self, place: int) -> Places:
        if place not in self._opened:
            self._opened[place] = self._read(self._pieces[place].text)
        return self._opened[place]

    def _span(self, place: int, inner: int) -> Span | None:
        known = self._pieces[place].spans
        if inner not in known:
            node = self._open(place).node(inner)
            known[inner] = None if node is None else self._open(place).span(node)
        return known[inner]


def _moved(span: Span, rows: int) -> Span:
    """A span further down."""
    start, end = span.start, span.end
    return Span(Position(start.row + rows, start.column), Position(end.row + rows, end.column))
