"""A JSON list of objects with the field names of ruff, plus `related`."""

from __future__ import annotations

import json
from typing import Any

from nnlint.diagnostic import Diagnostic, Edit, Fix, Position, Related
from nnlint.pages import page_uri
from nnlint.report.base import Report

__all__ = ["record", "render"]


def render(report: Report) -> str:
    """The findings in order, one list."""
    records = [record(one, report) for one in report.diagnostics]
    return json.dumps(records, indent=2) + "\n"


def cell_index(cell: int | None) -> int | None:
    """The cell as an index into the notebook's own list `cells`, which counts from 0; texts count from 1."""
    return None if cell is None else cell - 1


def record(one: Diagnostic, report: Report) -> dict[str, Any]:
    """One finding as JSON; `cell` is null outside notebooks, rows count inside the cell.

    `url` is the page of the rule, as it is installed.
    """
    return {
        "cell": cell_index(one.cell),
        "code": one.code,
        "end_location": _location(one.span.end),
        "filename": one.path,
        "fix": None if one.fix is None else _fix(one.fix),
        "location": _location(one.span.start),
        "message": one.message,
        "name": one.name,
        "noqa_row": report.noqa_row(one),
        "related": [_related(related) for related in one.related],
        "severity": one.severity.value,
        "url": page_uri(one.code, one.name),
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "applicability": fix.applicability.value,
        "edits": [_edit(edit) for edit in fix.edits],
        "message": fix.message,
    }


def _edit(edit: Edit) -> dict[str, Any]:
    place = {"end_location": _location(edit.span.end), "location": _location(edit.span.start)}
    return {"cell": cell_index(edit.cell), "content": edit.content, **place}


def _related(one: Related) -> dict[str, Any]:
    return {
        "cell": cell_index(one.cell),
        "end_location": _location(one.span.end),
        "filename": one.path,
        "location": _location(one.span.start),
        "message": one.message,
    }


def _location(position: Position) -> dict[str, int]:
    return {"column": position.column, "row": position.row}
