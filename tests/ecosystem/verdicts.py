"""Findings and what was judged of them, as data."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

__all__ = ["TRUE", "WORDS", "Finding", "Verdict", "findings", "read", "table", "write"]

TRUE = ("bug", "smell")
WORDS = (*TRUE, "false alarm")


class Finding(NamedTuple):
    """A finding by what stays the same while its package does. cell: from 1 in a notebook, else 0."""

    path: str
    cell: int
    row: int
    code: str

    def __str__(self) -> str:
        place = f"cell {self.cell}:{self.row}" if self.cell else str(self.row)
        return f"{self.path}:{place} {self.code}"


class Verdict(NamedTuple):
    """What somebody who read the code says of a finding. word: one of WORDS, or "?"."""

    finding: Finding
    word: str
    reason: str


def findings(folder: Path, jobs: int = 0) -> dict[Finding, str]:
    """The messages of what nnlint reports below a folder with its default selection.

    jobs: processes, 0 for one per core.

    Raises RuntimeError when nnlint fails.
    """
    command = [sys.executable, "-m", "nnlint", "check", "--isolated", "--output-format", "json"]
    command += ["--jobs", str(jobs), "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1}:
        raise RuntimeError(f"nnlint failed in {folder}: {done.stderr}")
    found = json.loads(done.stdout)
    return {
        Finding(
            Path(one["filename"]).as_posix(),
            0 if one["cell"] is None else one["cell"] + 1,
            one["location"]["row"],
            one["code"],
        ): one["message"]
        for one in found
    }  # fmt: skip


def read(file: Path) -> dict[Finding, Verdict]:
    """The verdicts of a package. Raises ValueError for a line that is none."""
    found = {}
    for line in file.read_text("utf-8").splitlines() if file.exists() else ():
        path, place, code, word, reason = line.split("\t")
        cell, _, row = place.rpartition(":")
        finding = Finding(path, int(cell or 0), int(row), code)
        if word not in (*WORDS, "?") or not reason:
            raise ValueError(f"{file.name}: no verdict: {line}")
        found[finding] = Verdict(finding, word, reason)
    return found


def write(file: Path, verdicts: Iterable[Verdict]) -> None:
    """Keep the verdicts of a package, sorted."""
    lines = []
    for finding, word, reason in sorted(verdicts):
        place = f"{finding.cell}:{finding.row}" if finding.cell else str(finding.row)
        lines.append("\t".join((finding.path, place, finding.code, word, " ".join(reason.split()))))
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def table(verdicts: Iterable[Verdict]) -> str:
    """How many findings of each rule are true."""
    counts: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        for code in (verdict.finding.code, "all"):
            counts.setdefault(code, Counter())[verdict.word] += 1
    lines = [f"{'rule':6} {'bug':>5} {'smell':>6} {'false':>6} {'true':>6}"]
    for code, count in sorted(counts.items()):
        judged = sum(count[word] for word in WORDS)
        share = f"{sum(count[word] for word in TRUE) / judged:6.0%}" if judged else f"{'-':>6}"
        lines.append(f"{code:6} {count['bug']:5} {count['smell']:6} {count['false alarm']:6} {share}")
    return "\n".join(lines)
