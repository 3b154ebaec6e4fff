"""Findings with the source they speak of: a frame for the finding and one for each related place."""

from __future__ import annotations

from collections.abc import Iterator

from nnlint.diagnostic import Applicability, Diagnostic, Fix
from nnlint.report.base import Report, place
from nnlint.report.frame import Place, frame
from nnlint.report.style import Style
from nnlint.report.text import visible

__all__ = ["render"]


def render(report: Report) -> str:
    """The findings in order, an empty line behind each."""
    style = Style(report.colour)
    return "".join("\n".join(_finding(one, report, style)) + "\n\n" for one in report.diagnostics)


def _finding(one: Diagnostic, report: Report, style: Style) -> Iterator[str]:
    last_rows = [one.span.start.row + 1, *(related.span.start.row + 1 for related in one.related)]
    width = max(len(str(row)) for row in last_rows)
    margin = " " * width
    head = style.level(f"{one.severity.value}[{one.code}]", one.severity)
    yield f"{head} {style.strong(visible(one.message))}"
    yield f"{margin}{style.gutter('-->')} {visible(place(one.path, one.cell, one.span.start))}"
    here = [at for at in one.related if (at.path, at.cell, at.span) == (one.path, one.cell, one.span)]
    own = Place(one.path, one.cell, one.span, label=", ".join(visible(at.message) for at in here))
    yield from frame(report, own, width, style.gutter, lambda text: style.level(text, one.severity))
    for related in (at for at in one.related if at not in here):
        where = visible(place(related.path, related.cell, related.span.start))
        shown = Place(related.path, related.cell, related.span, "-", visible(related.message))
        lines = frame(report, shown, width, style.gutter, style.gutter)
        yield f"{margin}{style.gutter(':::')} {where}" + ("" if lines else f" {visible(related.message)}")
        yield from lines
    if one.fix is not None:
        yield f"{margin} {style.gutter('=')} fix: {visible(one.fix.message)} ({_ask(one.fix)})"
    yield f"{margin} {style.gutter('=')} help: {one.name}, explained by `nnlint explain {one.code}`"


def _ask(fix: Fix) -> str:
    """How to get a fix applied."""
    return "`--fix`" if fix.applicability is Applicability.SAFE else "unsafe: `--fix --unsafe-fixes`"
