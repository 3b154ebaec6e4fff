"""Lowering a text that is edited: only the top-level statements that changed are parsed again.

Every piece of the text has a range of node numbers of its own, with room between the ranges: numbers grow
with the place in the text, as they do where a file is lowered as a whole, and those of a piece stay as they
are while other pieces change. In any doubt the file is lowered as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import libcst as cst

from nnlint.chunks import Splitter
from nnlint.frontend.ast_lower import lower_quickly
from nnlint.frontend.broken import Broken
from nnlint.frontend.concrete import broken
from nnlint.frontend.cst_lower import lower_part
from nnlint.frontend.depth import too_deep
from nnlint.frontend.parse import parse
from nnlint.frontend.pieces import Piece, PiecedPlaces
from nnlint.frontend.size import too_large
from nnlint.frontend.spans import Places
from nnlint.frontend.unreadable import COMPLAINT
from nnlint.ir.nodes import ModuleIR, Names
from nnlint.source import Source

__all__ = ["Lowering"]

_ROOM = 1 << 48
"""Numbers kept for a piece when a file is first lowered; pieces that come between share what is free."""


class Lowering:
    """What one file was last lowered to.

    parsed: characters parsed so far, to see what edits cost. kept: the ranges of numbers that mean the same
    nodes as before the last text.
    """

    def __init__(self) -> None:
        self.parsed = 0
        self.kept: list[range] = []
        self._splitter = Splitter()
        self._pieces: list[Piece] = []
        self._text: str | None = None

    def lower(self, source: Source) -> ModuleIR | Broken:
        """The IR of a text, or its first syntax error, as `parse` gives them but for the numbers."""
        self._text = None
        self.kept = []
        texts = self._splitter.split(source.text)
        if texts is None:
            return self._whole(source)
        pieces = self._cut(texts)
        if pieces is None:
            return self._error(texts) or self._whole(source)
        last, self._pieces, self._text = self._pieces, pieces, source.text
        same = {id(piece) for piece in last}
        self.kept = [piece.numbers for piece in pieces if id(piece) in same]
        return _joined(str(source.path), pieces)

    def pieces(self) -> list[range]:
        """The numbers of the nodes of each piece of the last text; none where it was lowered as a whole."""
        return [piece.numbers for piece in self._pieces] if self._text is not None else []

    def places(self, text: str) -> Places:
        """Where the nodes of a text stand: of the one that was last lowered, without reading all of it."""
        return Places(text) if text != self._text else PiecedPlaces(text, self._pieces, _read)

    def _whole(self, source: Source) -> ModuleIR | Broken:
        self.parsed += len(source.text)
        return parse(source)

    def _cut(self, texts: Sequence[str]) -> list[Piece] | None:
        """The pieces of the texts, taken over where one has this text; None where one fails."""
        found = _matched(self._pieces, texts)
        indices = {id(piece): index for index, piece in enumerate(self._pieces)}
        place = 0
        while place < len(texts):
            end = place
            while end < len(texts) and found[end] is None:
                end += 1
            if end > place:
                before, after = found[place - 1] if place else None, found[end] if end < len(texts) else None
                start = indices[id(before)] + 1 if before is not None else 0
                old = self._pieces[start : indices[id(after)] if after is not None else None]
                if len(old) == 1 and end == place + 1:
                    fresh = self._renewed(old[0], texts[place], after)
                else:
                    fresh = self._fill(before, texts[place:end], after)
                if fresh is None:
                    return None
                if not fresh:
                    return self._anew(texts)
                found[place:end] = fresh
            place = end + 1
        return [piece for piece in found if piece is not None]

    def _fill(self, before: Piece | None, texts: Sequence[str], after: Piece | None) -> list[Piece] | None:
        """New pieces between two others; None where one fails, nothing where it is too tight."""
        fresh: list[Piece] = []
        for text, first in zip(texts, _numbers(before, texts, after), strict=False):
            piece = self._piece(text, first)
            if piece is None:
                return None
            fresh.append(piece)
        return fresh

    def _renewed(self, old: Piece, text: str, after: Piece | None) -> list[Piece] | None:
        """A piece with the numbers it had, and its very code if only blanks and comments changed."""
        if after is not None and old.first + 2 * len(text) + 16 > after.first:
            return []
        piece = self._piece(text, old.first)
        if piece is None:
            return None
        if piece.code == old.code:
            piece.code = old.code
        return [piece]

    def _anew(self, texts: Sequence[str]) -> list[Piece] | None:
        """All pieces with new numbers, room between them."""
        made = [self._piece(text, _ROOM * place) for place, text in enumerate(texts, 1)]
        found = [piece for piece in made if piece is not None]
        return found if len(found) == len(made) else None

    def _piece(self, text: str, first: int) -> Piece | None:
        if too_deep(text) or too_large(text):
            return None
        self.parsed += len(text)
        try:
            code = lower_quickly(text, "", first) or lower_part(cst.parse_module(text), first)
            return Piece(text, first, code, text.count("\n"))
        except (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError):
            return None

    def _error(self, texts: Sequence[str]) -> Broken | None:
        """The syntax error of the only piece that fails, found without the others; None in doubt."""
        known = {piece.text for piece in self._pieces}
        strange = [place for place, text in enumerate(texts) if text not in known]
        if len(strange) != 1 or any(too_deep(text) or "\r" in text for text in texts):
            return None  # the parser counts rows in its own way where line ends are mixed
        place = strange[0]
        text = "".join(texts[place : place + 2])
        self.parsed += len(text)
        try:
            cst.parse_module(text)
        except cst.ParserSyntaxError as error:
            found = broken(error)
            if found.message.startswith(COMPLAINT):
                return None  # these have no place of their own
            if found.column == 1:
                return None  # the end of a line: its row depends on the whole text
            rows = sum(each.count("\n") for each in texts[:place])
            if found.row <= text.count("\n") or place + 2 >= len(texts):
                return Broken(found.row + rows, found.column, found.message)
        except (cst.CSTValidationError, RecursionError):
            pass
        return None


def _matched(old: list[Piece], texts: Sequence[str]) -> list[Piece | None]:
    """For each text the piece that has it already, in the same order."""
    head = 0
    while head < min(len(old), len(texts)) and old[head].text == texts[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(texts)) - head and old[-1 - tail].text == texts[-1 - tail]:
        tail += 1
    between: list[Piece | None] = []
    start = head
    places: dict[str, list[int]] = {}
    for place in range(head, len(old) - tail):
        places.setdefault(old[place].text, []).append(place)
    for text in texts[head : len(texts) - tail]:
        place = next((each for each in places.get(text, ()) if each >= start), -1)
        between.append(old[place] if place >= 0 else None)
        start = place + 1 if place >= 0 else start
    return [*old[:head], *between, *old[len(old) - tail :]]


def _numbers(before: Piece | None, texts: Sequence[str], after: Piece | None) -> list[int]:
    """Where the numbers of new pieces begin, between those beside them; nothing where it is too tight."""
    start = before.first + before.code.size if before is not None else 0
    end = after.first if after is not None else start + _ROOM * (len(texts) + 1)
    step = (end - start) // (len(texts) + 1)
    if step <= max(2 * len(text) + 16 for text in texts):
        return []
    return [start + step * (place + 1) for place in range(len(texts))]


def _joined(path: str, pieces: list[Piece]) -> ModuleIR:
    """The file of these pieces."""
    codes = [piece.code for piece in pieces]
    names = [code.names for code in codes]
    return ModuleIR(
        path,
        tuple(statement for code in codes for statement in code.body),
        Names(
            frozenset[str]().union(*(each.stored for each in names)),
            frozenset[str]().union(*(each.captured for each in names)),
            frozenset[str]().union(*(each.outer for each in names)),
            any(each.dynamic for each in names),
        ),
        sum(code.size for code in codes),
    )


@lru_cache(32)
def _read(text: str) -> Places:
    """The nodes of a piece: those that hold a finding are asked for after every edit of another one."""
    return Places(text)
