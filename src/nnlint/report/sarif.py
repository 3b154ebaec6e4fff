"""SARIF 2.1.0, the exchange format of static analysers."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from nnlint import __version__
from nnlint.diagnostic import Diagnostic, Fix, Severity, Span
from nnlint.pages import find_page
from nnlint.report.base import Report, place
from nnlint.report.fingerprint import fingerprints
from nnlint.report.text import visible

__all__ = ["render"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report) -> str:
    """One run with the rules that found something, and every finding."""
    codes = sorted({one.code for one in report.diagnostics})
    run = {
        "tool": {"driver": {"name": "nnlint", "version": __version__, "rules": _rules(codes, report)}},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.errors,
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": visible(error)}} for error in report.errors
                ],
            }
        ],
        "results": [_result(one, name, codes, report) for one, name in fingerprints(report)],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rules(codes: Sequence[str], report: Report) -> list[dict[str, Any]]:
    return [_rule(code, report) for code in codes]


def _rule(code: str, report: Report) -> dict[str, Any]:
    """What is known of a rule: its name, summary, level and page."""
    rule = report.rules.get(code)
    if rule is None:
        return {"id": code}
    page = find_page(rule.code, rule.name) or rule.summary
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[Severity(rule.severity)], "enabled": rule.default},
        "properties": {"tags": [rule.family]},
    }


def _result(one: Diagnostic, fingerprint: str, codes: Sequence[str], report: Report) -> dict[str, Any]:
    result = {
        "ruleId": one.code,
        "ruleIndex": codes.index(one.code),
        "level": _LEVELS[one.severity],
        "message": {"text": visible(one.message)},
        "locations": [_location(one.path, one.cell, one.span, report.folder)],
        "partialFingerprints": {"nnlint/v1": fingerprint},
    }
    if one.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": visible(related.message)},
                **_location(related.path, related.cell, related.span, report.folder),
            }
            for number, related in enumerate(one.related)
        ]
    if one.fix is not None and one.cell is None:
        result["fixes"] = [_fix(one.path, one.fix, report.folder)]
    return result


def _fix(path: str, fix: Fix, folder: Path) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.content}} for edit in fix.edits
    ]
    change = {"artifactLocation": {"uri": _uri(path, folder)}, "replacements": replacements}
    return {"description": {"text": visible(fix.message)}, "artifactChanges": [change]}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.start.row,
        "startColumn": span.start.column,
        "endLine": span.end.row,
        "endColumn": span.end.column,
    }


def _location(path: str, cell: int | None, span: Span, folder: Path) -> dict[str, Any]:
    """A place; rows of a notebook's cells are no rows of the file, so the cell is a logical location."""
    artifact: dict[str, Any] = {"artifactLocation": {"uri": _uri(path, folder)}}
    if cell is not None:
        name = place("", cell, span.start).lstrip(":")
        return {"physicalLocation": artifact, "logicalLocations": [{"fullyQualifiedName": name}]}
    artifact["region"] = _region(span)
    return {"physicalLocation": artifact}


def _uri(path: str, folder: Path) -> str:
    """Relative to the folder of the run for what lies in it, else absolute."""
    absolute, top = os.path.abspath(path), os.path.abspath(folder)
    inside = os.path.commonpath([absolute, top]) == top
    name = os.path.relpath(absolute, top) if inside else absolute
    text = quote(os.fsencode(name.replace(os.sep, "/")))
    return text if inside else f"file://{text}"
