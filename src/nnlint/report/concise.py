"""One line per finding, as flake8 and ruff write them: `path:row:column: CODE message`."""

from __future__ import annotations

from nnlint.report.base import Report, place
from nnlint.report.text import visible

__all__ = ["render"]


def render(report: Report) -> str:
    """The findings in order."""
    return "".join(
        visible(f"{place(one.path, one.cell, one.span.start)}: {report.code(one)} {one.message}") + "\n"
        for one in report.diagnostics
    )
