"""Diagnostics as plain lists for JSON, and back."""

from __future__ import annotations

from typing import Any

from nnlint.diagnostic import (
    Applicability,
    Diagnostic,
    Edit,
    Fix,
    Position,
    Related,
    Severity,
    Span,
)

__all__ = ["from_record", "to_record"]


def to_record(one: Diagnostic) -> list[Any]:
    """A diagnostic as JSON can hold it."""
    related = [[each.path, _flat(each.span), each.message, each.cell] for each in one.related]
    fix = None
    if one.fix is not None:
        edits = [[_flat(edit.span), edit.content, edit.cell] for edit in one.fix.edits]
        fix = [one.fix.applicability.value, one.fix.message, edits]
    return [
        one.path, one.cell, _flat(one.span), one.code, one.name, one.message, one.severity.value, related, fix
    ]  # fmt: skip


def from_record(record: list[Any]) -> Diagnostic:
    """The diagnostic again. Raises ValueError, TypeError or LookupError when the record is none."""
    path, cell, span, code, name, message, severity, related, fix = record
    return Diagnostic(
        path, cell, _span(span), code, name, message, Severity(severity),
        tuple(Related(where, _span(there), text, inside) for where, there, text, inside in related),
        None if fix is None else _fix(fix),
    )  # fmt: skip


def _fix(record: list[Any]) -> Fix:
    applicability, message, edits = record
    changes = tuple(Edit(_span(span), content, cell) for span, content, cell in edits)
    return Fix(Applicability(applicability), message, changes)


def _flat(span: Span) -> list[int]:
    return [span.start.row, span.start.column, span.end.row, span.end.column]


def _span(flat: list[int]) -> Span:
    row, column, last_row, last_column = flat
    return Span(Position(row, column), Position(last_row, last_column))
