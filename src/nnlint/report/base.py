"""What every format has at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nnlint.comments import read_layout
from nnlint.diagnostic import Diagnostic, Position
from nnlint.lines import split_lines
from nnlint.source import Source

__all__ = ["Report", "place"]


def _no_source(path: Path) -> Source | None:  # noqa: ARG001
    return None


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in order, and how to look up what stands around them.

    source: the text of a file. colour: whether to use terminal colours. summaries: one line per rule
    code, for formats that describe rules.
    """

    diagnostics: Sequence[Diagnostic]
    source: Callable[[Path], Source | None] = _no_source
    colour: bool = False
    summaries: Mapping[str, str] = field(default_factory=dict)
    _lines: dict[str, list[str]] = field(default_factory=dict)
    _joined: dict[str, dict[int, int]] = field(default_factory=dict)

    def lines(self, path: str) -> list[str]:
        """The lines of a file, for a notebook those of the joined text; empty where it cannot be read."""
        if path not in self._lines:
            source = self.source(Path(path))
            self._lines[path] = split_lines(source.text) if source else []
        return self._lines[path]

    def row(self, path: str, cell: int | None, position: Position) -> int:
        """The row of a place in the text as a whole, counted from 1."""
        source = self.source(Path(path)) if cell is not None else None
        if source is None or not source.cells:
            return position.row
        return next(
            (
                number
                for number, line in enumerate(source.cells, start=1)
                if (line.cell, line.row) == (cell, position.row)
            ),
            position.row,
        )

    def noqa_row(self, diagnostic: Diagnostic) -> int:
        """The row, in its cell for a notebook, on which a `noqa` for a finding has to stand."""
        start = diagnostic.span.start
        row = self.row(diagnostic.path, diagnostic.cell, start)
        return start.row + self._joined_rows(diagnostic.path).get(row, row) - row

    def _joined_rows(self, path: str) -> dict[int, int]:
        if path not in self._joined:
            source = self.source(Path(path))
            self._joined[path] = read_layout(source.text).joined if source else {}
        return self._joined[path]


def place(path: str, cell: int | None, position: Position) -> str:
    """`path:row:column`, with the cell for a notebook."""
    where = f"{path}:" if cell is None else f"{path}:cell {cell}:"
    return f"{where}{position.row}:{position.column}"
