"""Pylint's parseable lines: `path:row: [CODE] message`."""

from __future__ import annotations

from nnlint.report.base import Report
from nnlint.report.text import visible

__all__ = ["render"]


def render(report: Report) -> str:
    """The findings in order; for a notebook the row counts inside the cell that is named."""
    lines = []
    for one in report.diagnostics:
        where = one.path if one.cell is None else f"{one.path}:cell {one.cell}"
        lines.append(visible(f"{where}:{one.span.start.row}: [{one.code}] {one.message}") + "\n")
    return "".join(lines)
