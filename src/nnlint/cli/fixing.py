"""What `--fix`, `--fix-only` and `--diff` do: mend, then write the files or show how they would change."""

from __future__ import annotations

import difflib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from nnlint.cli.lint import Linted, plural, report_of
from nnlint.cli.options import Options
from nnlint.diagnostic import Diagnostic
from nnlint.fixing import Mended, mend
from nnlint.notebook import is_notebook_path
from nnlint.reading import parse_bytes
from nnlint.report import Report
from nnlint.report.text import visible
from nnlint.run import Result
from nnlint.source import Source
from nnlint.writing import replace_file

__all__ = ["Fixing", "Keep", "diff", "fix", "fixed_by_rule"]

Keep: TypeAlias = Callable[[Report], Sequence[Diagnostic]]
"""Gives the findings of a report that count."""


@dataclass(frozen=True, slots=True)
class Fixing:
    """A run after mending: what remains, and what was mended."""

    linted: Linted
    mended: Mended


def fix(options: Options, linted: Linted, keep: Keep, write: bool) -> Fixing:
    """Mend what the options allow: in memory and, with `write`, on disk or standard output.

    keep: the findings of a report that count.
    """
    contents = dict(linted.content)

    def original(path: Path) -> bytes:
        if path not in contents:
            contents[path] = path.read_bytes()
        return contents[path]

    def kept(result: Result) -> Sequence[Diagnostic]:
        return keep(report_of(options, linted.wanted, result))

    mended = mend(linted.wanted, linted.result, kept, original)
    failures = _write(linted, mended) if write else []
    report = report_of(options, linted.wanted, mended.result)
    remaining = replace(report, diagnostics=mended.remaining, errors=(*report.errors, *failures))
    return Fixing(replace(linted, report=remaining, result=mended.result), mended)


def _write(linted: Linted, mended: Mended) -> list[str]:
    """Give back standard input, or replace the files; what could not be written."""
    for path, data in linted.content.items():
        sys.stdout.buffer.write(mended.files[path][1] if path in mended.files else data)
        sys.stdout.buffer.flush()
    failures = []
    for path, (_, after) in sorted(mended.files.items()):
        if path not in linted.content:
            try:
                replace_file(path, after)
            except OSError as error:
                failures.append(f"cannot write {path}: {error.strerror}")
    return failures


def diff(mended: Mended) -> str:
    """The changes as a unified diff; notebooks cell by cell."""
    return "".join(
        line for path, (before, after) in sorted(mended.files.items()) for line in _diff(path, before, after)
    )


def _diff(path: Path, before: bytes, after: bytes) -> Iterator[str]:
    if is_notebook_path(path):
        old, new = _cells(before), _cells(after)
        for number, (was, now) in enumerate(zip(old, new, strict=True), start=1):
            yield from _unified(f"{path}:cell {number}", was, now)
        return
    old_source, new_source = parse_bytes(path, before), parse_bytes(path, after)
    if isinstance(old_source, Source) and isinstance(new_source, Source):
        yield from _unified(str(path), old_source.text, new_source.text)


def _unified(name: str, before: str, after: str) -> Iterator[str]:
    names = ("", "") if name == "-" else (visible(name), visible(name))
    for line in difflib.unified_diff(before.splitlines(True), after.splitlines(True), *names):
        if line.startswith(("---", "+++")) and not names[0]:
            continue
        body = line.rstrip("\r\n")
        missing = "" if line.endswith(("\n", "\r")) else "\n\\ No newline at end of file"
        yield f"{visible(body)}{missing}\n"


def _cells(data: bytes) -> list[str]:
    """The text of every cell."""
    notebook = json.loads(data.decode("utf-8-sig"))
    sheets = [notebook] if "cells" in notebook else notebook["worksheets"]
    sources = [cell.get("source", cell.get("input", "")) for sheet in sheets for cell in sheet["cells"]]
    return ["".join(source) if isinstance(source, list) else str(source) for source in sources]


def fixed_by_rule(fixed: Sequence[Diagnostic]) -> str:
    """What was mended, by file and rule."""
    lines = [f"Fixed {plural(len(fixed), 'finding')}:"]
    for path in sorted({one.path for one in fixed}):
        lines.append(f"- {visible(path)}:")
        counts = Counter((one.code, one.name) for one in fixed if one.path == path)
        lines += [f"    {count} × {code} ({name})" for (code, name), count in sorted(counts.items())]
    return "\n".join(lines)
