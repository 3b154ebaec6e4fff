"""Logging commands that Azure Pipelines turns into issues."""

from __future__ import annotations

from nnlint.diagnostic import Diagnostic, Severity
from nnlint.report.base import Report, place
from nnlint.report.text import visible

__all__ = ["render"]


def render(report: Report) -> str:
    """The findings in order; Azure knows errors and warnings only."""
    return "".join(_line(one) + "\n" for one in report.diagnostics)


def _line(one: Diagnostic) -> str:
    start = one.span.start
    kind = "error" if one.severity is Severity.ERROR else "warning"
    fields: dict[str, object] = {"type": kind, "sourcepath": one.path}
    if one.cell is None:
        fields |= {"linenumber": start.row, "columnnumber": start.column}
    fields["code"] = one.code
    listed = "".join(f"{name}={_property(str(value))};" for name, value in fields.items())
    where = "" if one.cell is None else f"{place('', one.cell, start).lstrip(':')}: "
    return f"##vso[task.logissue {listed}]{_data(where + one.message)}"


def _data(text: str) -> str:
    """The agent unescapes these."""
    return visible(text).replace("%", "%AZP25")


def _property(text: str) -> str:
    return _data(text).replace(";", "%3B").replace("]", "%5D")
