"""Reviewdog's diagnostic format, which becomes comments on code reviews."""

from __future__ import annotations

import json
from typing import Any

from nnlint.diagnostic import Diagnostic, Severity, Span
from nnlint.pages import page_uri
from nnlint.report.base import Report
from nnlint.report.text import visible

__all__ = ["render"]

_LEVELS = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report) -> str:
    """All findings as one DiagnosticResult; rows of a notebook count in their cell, which the text names."""
    found = [_diagnostic(one) for one in report.diagnostics]
    return json.dumps({"source": {"name": "nnlint"}, "diagnostics": found}, indent=2) + "\n"


def _diagnostic(one: Diagnostic) -> dict[str, Any]:
    code = {"value": one.code}
    if (url := page_uri(one.code, one.name)) is not None:
        code["url"] = url
    where = "" if one.cell is None else f"cell {one.cell}: "
    record: dict[str, Any] = {
        "message": where + visible(one.message),
        "location": {"path": one.path, "range": _range(one.span)},
        "severity": _LEVELS[one.severity],
        "code": code,
    }
    if one.fix is not None and one.cell is None:
        record["suggestions"] = [{"range": _range(edit.span), "text": edit.content} for edit in one.fix.edits]
    return record


def _range(span: Span) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": span.start.row, "column": span.start.column},
        "end": {"line": span.end.row, "column": span.end.column},
    }
