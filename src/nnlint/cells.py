"""Places of a notebook: from rows of the joined text to rows of cells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nnlint.diagnostic import Diagnostic, Edit, Fix, Position, Related, Span
from nnlint.lines import split_lines
from nnlint.project import Project
from nnlint.source import CellLine, Source

__all__ = ["in_cells"]


def in_cells(diagnostic: Diagnostic, project: Project) -> Diagnostic:
    """With rows counted in notebook cells: its own place, the related ones, and those of its fix."""
    source = _notebook(diagnostic.path, project)
    related = tuple(_related(one, project) for one in diagnostic.related)
    if source is None or source.cells is None:
        return replace(diagnostic, related=related)
    cell, span = _place(source.cells, diagnostic.span)
    fix = None if diagnostic.fix is None else _fix(source, source.cells, diagnostic.fix)
    return replace(diagnostic, cell=cell, span=span, related=related, fix=fix)


def _notebook(path: str, project: Project) -> Source | None:
    source = project.source(Path(path)) if path.lower().endswith(".ipynb") else None
    return source if source is not None and source.cells else None


def _related(related: Related, project: Project) -> Related:
    source = _notebook(related.path, project)
    if source is None or source.cells is None:
        return related
    cell, span = _place(source.cells, related.span)
    return replace(related, cell=cell, span=span)


def _place(cells: tuple[CellLine, ...], span: Span) -> tuple[int, Span]:
    """The cell and the place in it; an end in a later cell is moved to the line of the start."""
    first = cells[min(span.start.row, len(cells)) - 1]
    last = cells[min(span.end.row, len(cells)) - 1]
    start = Position(first.row, span.start.column + first.indent)
    end = Position(last.row, span.end.column + last.indent) if last.cell == first.cell else start
    return first.cell, Span(start, end)


def _fix(source: Source, cells: tuple[CellLine, ...], fix: Fix) -> Fix | None:
    """A fix in cells; none that reaches over the end of one, or into one that is indented as a whole."""
    edits = []
    for edit in fix.edits:
        start, end = edit.span.start, _last_line(source, cells, edit)
        rows = [cells[min(row, len(cells)) - 1] for row in (start.row, end.row)]
        if rows[0].cell != rows[1].cell or rows[0].indent or start.row > len(cells) or end < start:
            return None
        cell, span = _place(cells, Span(start, end))
        edits.append(Edit(span, edit.content, cell))
    return replace(fix, edits=tuple(edits))


def _last_line(source: Source, cells: tuple[CellLine, ...], edit: Edit) -> Position:
    """The end of an edit; where it takes a cell's last line away, the end of that line."""
    row, column = edit.span.end.row, edit.span.end.column
    start = cells[min(edit.span.start.row, len(cells)) - 1]
    if column > 1 or row == edit.span.start.row or (row <= len(cells) and cells[row - 1].cell == start.cell):
        return edit.span.end
    return Position(row - 1, len(split_lines(source.text)[row - 2]) + 1)
