"""Workflow commands that GitHub Actions turns into annotations."""

from __future__ import annotations

from nnlint.diagnostic import Diagnostic, Severity
from nnlint.report.base import Report, place
from nnlint.report.text import visible

__all__ = ["render"]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report) -> str:
    """The findings in order. Places in notebooks have no line of their own: the message names them."""
    return "".join(_line(one) + "\n" for one in report.diagnostics)


def _line(one: Diagnostic) -> str:
    fields: dict[str, object] = {"title": f"nnlint ({one.code})", "file": one.path}
    start, end = one.span.start, one.span.end
    if one.cell is None:
        fields["line"] = start.row
        if end.row == start.row:  # columns are allowed inside one line only
            fields |= {"col": start.column, "endLine": end.row, "endColumn": max(end.column, start.column)}
        else:
            fields["endLine"] = end.row
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in fields.items())
    message = f"{place(one.path, one.cell, start)}: {one.code} {one.message}"
    return f"::{_COMMANDS[one.severity]} {listed}::{_data(message)}"


def _data(text: str) -> str:
    """The runner unescapes these."""
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
