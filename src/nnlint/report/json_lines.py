"""One JSON object per line, each as in the `json` format."""

from __future__ import annotations

import json

from nnlint.report.base import Report
from nnlint.report.json import record

__all__ = ["render"]


def render(report: Report) -> str:
    """The findings in order."""
    return "".join(json.dumps(record(one, report)) + "\n" for one in report.diagnostics)
