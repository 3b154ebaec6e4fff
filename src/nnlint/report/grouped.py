"""Findings under the file they lie in."""

from __future__ import annotations

from itertools import groupby

from nnlint.diagnostic import Diagnostic
from nnlint.report.base import Report
from nnlint.report.style import Style
from nnlint.report.text import visible

__all__ = ["render"]


def render(report: Report) -> str:
    """A paragraph per file: its path, then an indented line per finding."""
    style = Style(report.colour)
    return "".join(
        f"{style.strong(visible(path))}:\n{_group(list(found), report, style)}\n"
        for path, found in groupby(report.diagnostics, key=lambda one: one.path)
    )


def _group(found: list[Diagnostic], report: Report, style: Style) -> str:
    places = [_place(one) for one in found]
    width = max(map(len, places))
    return "".join(
        f"  {place:<{width}}  {style.level(report.code(one), one.severity)}  {visible(one.message)}\n"
        for place, one in zip(places, found, strict=True)
    )


def _place(one: Diagnostic) -> str:
    start = one.span.start
    return ("" if one.cell is None else f"cell {one.cell}:") + f"{start.row}:{start.column}"
