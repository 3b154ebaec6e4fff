"""Names for findings that stay the same when lines above them come and go."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from nnlint.diagnostic import Diagnostic
from nnlint.report.base import Report

__all__ = ["fingerprints"]


def fingerprints(report: Report) -> Iterator[tuple[Diagnostic, str]]:
    """Each finding with a hash of its path, rule and line; like ones are numbered."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for one in report.diagnostics:
        line = report.line(one.path, one.cell, one.span.start.row).strip()
        key = (one.path, one.code, line)
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        yield one, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
