"""GitLab's Code Quality report (a list in Code Climate's terms)."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from nnlint.diagnostic import Diagnostic, Position, Severity
from nnlint.report.base import Report
from nnlint.report.fingerprint import fingerprints

__all__ = ["render"]

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report) -> str:
    """The findings in order; paths are relative to the repository, as GitLab wants them."""
    top = os.environ.get("CI_PROJECT_DIR") or str(report.folder)
    return json.dumps([_issue(one, name, top) for one, name in fingerprints(report)], indent=2) + "\n"


def _issue(one: Diagnostic, fingerprint: str, top: str) -> dict[str, Any]:
    where = "" if one.cell is None else f"cell {one.cell}, line {one.span.start.row}: "
    positions = {"begin": _position(one.span.start), "end": _position(one.span.end)}
    path = Path(os.path.relpath(one.path, top)).as_posix()
    return {
        "check_name": one.code,
        "description": f"{one.code}: {where}{one.message}",
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[one.severity],
        "location": {"path": path, "positions": positions},
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.row, "column": position.column}
