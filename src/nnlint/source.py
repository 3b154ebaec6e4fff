"""One file as it was read: its path, its text and, for a notebook, where each line comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

__all__ = ["CellLine", "Source", "Stamp"]


class Stamp(NamedTuple):
    """Which content of a file was read. size: in bytes; time: of the last change, in ns; digest: of it."""

    size: int
    time: int
    digest: str


@dataclass(frozen=True, slots=True)
class CellLine:
    """Where one line of a notebook's joined text comes from.

    cell: 1-based position among all cells of the notebook, as Jupyter and ruff count them.
    row: 1-based line inside that cell.
    indent: characters that IPython takes off the front of the line, as it does for indented cells.
    """

    cell: int
    row: int
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded Python file or notebook.

    path: as the user named it (what reports show).
    text: the Python text; for a notebook the code cells in order, magics blanked out.
    cells: for a notebook, one entry per line of `text`; None for a plain file.
    stamp: what was on disk; None for text that is not.
    """

    path: Path
    text: str
    cells: tuple[CellLine, ...] | None = None
    stamp: Stamp | None = field(default=None, compare=False)

    @property
    def is_notebook(self) -> bool:
        """Whether the text was put together from notebook cells."""
        return self.cells is not None
