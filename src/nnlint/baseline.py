"""Baselines: findings that were there before, recognised by rule, path and the text of their line."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from nnlint.diagnostic import Diagnostic
from nnlint.report import Report
from nnlint.writing import replace_file

__all__ = ["DEFAULT", "Baseline", "BaselineError", "load", "remaining", "write"]

DEFAULT = Path(".nnlint-baseline.json")

Baseline: TypeAlias = Counter[tuple[str, str, str]]
"""How often a rule finds something on lines of one text, by (path, code, text)."""

_VERSION = 1


class BaselineError(ValueError):
    """A baseline that cannot be read or written; the message names the file."""


def write(file: Path, report: Report) -> int:
    """Record all findings of a report; how many they are. Paths are relative to the baseline's folder."""
    counts = Counter(_key(one, report, file) for one in report.diagnostics)
    findings = [
        {"path": path, "code": code, "text": text, "count": count}
        for (path, code, text), count in sorted(counts.items())
    ]
    content = json.dumps({"version": _VERSION, "findings": findings}, indent=2) + "\n"
    try:
        replace_file(file, content.encode())
    except OSError as error:
        raise BaselineError(f"cannot write {file}: {error.strerror}") from error
    return sum(counts.values())


def load(file: Path) -> Baseline:
    """The findings a baseline holds. Raises BaselineError."""
    try:
        content = json.loads(file.read_bytes())
        version = content["version"]
        counts = {(one["path"], one["code"], one["text"]): int(one["count"]) for one in content["findings"]}
    except OSError as error:
        raise BaselineError(f"{file}: {error.strerror}") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BaselineError(f"{file}: not a baseline of nnlint") from error
    if version != _VERSION:
        raise BaselineError(f"{file}: this nnlint does not know version {version} of baselines")
    return Counter(counts)


def remaining(report: Report, known: Baseline, file: Path) -> Sequence[Diagnostic]:
    """The findings that a baseline, read from `file`, does not hold, in order."""
    left = known.copy()
    kept = []
    for one in report.diagnostics:
        key = _key(one, report, file)
        if left[key] > 0:
            left[key] -= 1
        else:
            kept.append(one)
    return kept


def _key(one: Diagnostic, report: Report, file: Path) -> tuple[str, str, str]:
    """What tells a finding from others and survives edits elsewhere in its file."""
    folder = os.path.dirname(os.path.abspath(file))
    path = os.path.relpath(os.path.abspath(one.path), folder).replace(os.sep, "/")
    text = report.line(one.path, one.cell, one.span.start.row).strip()
    return (os.fsencode(path).decode("utf-8", "backslashreplace"), one.code, text)
