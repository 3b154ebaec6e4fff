"""A text under repair: its concrete nodes, where they stand as offsets, and what surrounds them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import libcst as cst

from nnlint.analysis.values import Place
from nnlint.diagnostic import Edit, Position, Span
from nnlint.frontend.spans import Places
from nnlint.lines import line_starts

__all__ = ["Change", "Draft", "Hopeless"]

_PART = re.compile(r"\{(\d)(:arg)?\}")
_ATOMS = (
    cst.Name, cst.Attribute, cst.Call, cst.Subscript, cst.BaseNumber, cst.SimpleString, cst.FormattedString,
    cst.List, cst.Dict, cst.Set, cst.ListComp, cst.DictComp, cst.SetComp,
)  # fmt: skip


class Hopeless(Exception):
    """A repair that this text does not admit."""


class Change(NamedTuple):
    """Offsets of the text to replace, and what with."""

    start: int
    end: int
    content: str


class Draft:
    """What the steps of a repair ask of a text. Look-ups raise Hopeless where there is no answer."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.text = places.text

    @cached_property
    def _starts(self) -> list[int]:
        return line_starts(self.text)

    def node(self, place: Place) -> cst.CSTNode:
        """The concrete node at a place."""
        node = self.places.node(place.node)
        if node is None:
            raise Hopeless
        return node

    def range(self, node: cst.CSTNode) -> tuple[int, int]:
        """Offsets of a node, parentheses around it left out."""
        span = self.places.span(node)
        if span is None:
            raise Hopeless
        return self._offset(span.start), self._offset(span.end)

    def outer_range(self, node: cst.CSTNode) -> tuple[int, int]:
        """Offsets of a node with the parentheses around it."""
        start, end = self.range(node)
        for _ in getattr(node, "lpar", ()):
            start = self.text.rindex("(", 0, start)
            end = self.text.index(")", end) + 1
        return start, end

    def source(self, node: cst.CSTNode) -> str:
        """The text of a node."""
        start, end = self.range(node)
        return self.text[start:end]

    def parent(self, node: cst.CSTNode) -> cst.CSTNode:
        """What a node stands in."""
        outer = next(self.places.parents(node), None)
        if outer is None:
            raise Hopeless
        return outer

    def statement(self, node: cst.CSTNode) -> cst.BaseStatement:
        """The statement a node stands in that has lines of its own."""
        for outer in (node, *self.places.parents(node)):
            if isinstance(outer, (cst.SimpleStatementLine, cst.BaseCompoundStatement)):
                return outer
        raise Hopeless

    def indent(self, offset: int) -> str:
        """The blanks in front of what a line begins with; hopeless where something else comes first."""
        start = self._starts[bisect_right(self._starts, offset) - 1]
        if self.text[start:offset].strip(" \t\f"):
            raise Hopeless
        return self.text[start:offset]

    def line(self, offset: int) -> tuple[int, int]:
        """The offsets of the line around an offset, its end included."""
        row = bisect_right(self._starts, offset)
        return self._starts[row - 1], self._starts[row] if row < len(self._starts) else len(self.text)

    def line_end(self, offset: int) -> int:
        """Where the line around an offset ends, the characters that end it left out."""
        start, end = self.line(offset)
        return start + len(self.text[start:end].rstrip("\r\n"))

    def newline(self, offset: int) -> str:
        """The line end used around an offset."""
        start, end = self.line(offset)
        line = self.text[start:end]
        if line.endswith(("\n", "\r")):
            return line[len(line.rstrip("\r\n")) :]
        return "\r\n" if "\r\n" in self.text else "\n"

    def filled(self, text: str, parts: Sequence[Place]) -> str:
        """The text of a step with its parts put in."""
        return _PART.sub(lambda found: self._part(parts[int(found[1])], bool(found[2])), text)

    def _part(self, place: Place, argument: bool) -> str:
        node = self.node(place)
        text = self.source(node)
        atom = isinstance(node, _ATOMS) and "\n" not in text and "\r" not in text
        loose = isinstance(node, (cst.Tuple, cst.GeneratorExp, cst.NamedExpr, cst.Yield))
        return text if atom or (argument and not loose and not getattr(node, "lpar", ())) else f"({text})"

    def edit(self, change: Change) -> Edit:
        """A change as rows and columns."""
        return Edit(Span(self._position(change.start), self._position(change.end)), change.content)

    def _offset(self, position: Position) -> int:
        return self._starts[position.row - 1] + position.column - 1

    def _position(self, offset: int) -> Position:
        row = bisect_right(self._starts, offset)
        return Position(row, offset - self._starts[row - 1] + 1)
