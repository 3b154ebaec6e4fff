"""What every format has at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from nnlint.comments import read_layout
from nnlint.diagnostic import Diagnostic, Position
from nnlint.lines import split_lines
from nnlint.source import Source

if TYPE_CHECKING:
    from nnlint.ruleinfo import RuleInfo

__all__ = ["Report", "place"]


def _never(one: Diagnostic) -> bool:  # noqa: ARG001
    return False


def _no_source(path: Path) -> Source | None:  # noqa: ARG001
    return None


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in order, and how to look up what stands around them.

    source: the text of a file. rules: by code, for formats that describe rules. colour: whether to use
    terminal colours. folder: what relative paths are relative to. errors: lines about failures of
    nnlint itself. time: when the run began. applies: whether `--fix` would mend a finding.
    """

    diagnostics: Sequence[Diagnostic]
    source: Callable[[Path], Source | None] = _no_source
    rules: Mapping[str, RuleInfo] = field(default_factory=dict)
    colour: bool = False
    folder: Path = Path()
    errors: Sequence[str] = ()
    time: datetime = field(default_factory=lambda: datetime.now(timezone.utc))
    applies: Callable[[Diagnostic], bool] = _never
    _lines: dict[str, list[str]] = field(default_factory=dict)
    _joined: dict[str, dict[int, int]] = field(default_factory=dict)
    _cells: dict[str, dict[tuple[int, int], int]] = field(default_factory=dict)

    def code(self, one: Diagnostic) -> str:
        """The code of a finding, with a mark if `--fix` would mend it."""
        return f"{one.code} [*]" if self.applies(one) else one.code

    def lines(self, path: str) -> list[str]:
        """The lines of a file, for a notebook those of the joined text; empty where it cannot be read."""
        if path not in self._lines:
            source = self.source(Path(path))
            self._lines[path] = split_lines(source.text) if source else []
        return self._lines[path]

    def row(self, path: str, cell: int | None, row: int) -> int:
        """The row of a place in the text as a whole, counted from 1."""
        return row if cell is None else self._rows(path).get((cell, row), row)

    def excerpt(self, path: str, cell: int | None, first: int, last: int) -> list[tuple[int, str]]:
        """Rows of a file, or of a cell, with their text; those that do not exist are left out."""
        lines = self.lines(path)
        if cell is None:
            return [(row, lines[row - 1]) for row in range(max(first, 1), min(last, len(lines)) + 1)]
        rows = self._rows(path)
        return [(row, lines[rows[cell, row] - 1]) for row in range(first, last + 1) if (cell, row) in rows]

    def line(self, path: str, cell: int | None, row: int) -> str:
        """The text of one row; empty where it does not exist."""
        found = self.excerpt(path, cell, row, row)
        return found[0][1] if found else ""

    def noqa_row(self, diagnostic: Diagnostic) -> int:
        """The row, in its cell for a notebook, on which a `noqa` for a finding has to stand."""
        start = diagnostic.span.start
        row = self.row(diagnostic.path, diagnostic.cell, start.row)
        return start.row + self._joined_rows(diagnostic.path).get(row, row) - row

    def _joined_rows(self, path: str) -> dict[int, int]:
        if path not in self._joined:
            source = self.source(Path(path))
            self._joined[path] = read_layout(source.text).joined if source else {}
        return self._joined[path]

    def _rows(self, path: str) -> dict[tuple[int, int], int]:
        """The row in the joined text of each (cell, row) of a notebook."""
        if path not in self._cells:
            source = self.source(Path(path))
            cells = source.cells if source and source.cells else ()
            self._cells[path] = {(line.cell, line.row): row for row, line in enumerate(cells, start=1)}
        return self._cells[path]


def place(path: str, cell: int | None, position: Position) -> str:
    """`path:row:column`, with the cell for a notebook."""
    where = f"{path}:" if cell is None else f"{path}:cell {cell}:"
    return f"{where}{position.row}:{position.column}"
