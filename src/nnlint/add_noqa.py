"""Writing `noqa` comments for findings that are to stay, without touching anything else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from tokenize import detect_encoding

from nnlint.comments import read_layout
from nnlint.diagnostic import Diagnostic
from nnlint.reading import parse_bytes
from nnlint.source import Source
from nnlint.writing import replace_file

__all__ = ["add_noqa", "with_noqa"]

_CODES = re.compile(r"(#\s*(?i:noqa)\s*:\s*[A-Z]+[0-9]+(?:[\s,]+[A-Z]+[0-9]+)*)")
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_PIPELINE = "NN9"
"""Findings about a file as a whole; no line can excuse them."""


def add_noqa(diagnostics: Iterable[Diagnostic]) -> tuple[int, list[str]]:
    """Add a comment for every finding; how many were excused, and the files that were left alone.

    Notebooks, and files whose coding does not give back their bytes, are left alone.
    """
    by_path: dict[str, list[Diagnostic]] = defaultdict(list)
    for one in diagnostics:
        if not one.code.startswith(_PIPELINE):
            by_path[one.path].append(one)
    count, skipped = 0, []
    for path, found in sorted(by_path.items()):
        if _rewrite(Path(path), found):
            count += len(found)
        else:
            skipped.append(path)
    return count, skipped


def _rewrite(path: Path, found: Sequence[Diagnostic]) -> bool:
    """Whether a file could be given its comments."""
    if any(one.cell is not None for one in found):
        return False
    try:
        data = path.read_bytes()
        source = parse_bytes(path, data)
        if not isinstance(source, Source):
            return False
        encoding, _ = detect_encoding(BytesIO(data).readline)
        if source.text.encode(encoding) != data:
            return False
        replace_file(path, with_noqa(source.text, found).encode(encoding))
    except (OSError, UnicodeError):
        return False
    return True


def with_noqa(text: str, found: Iterable[Diagnostic]) -> str:
    """The text with a comment for each finding at the end of the line where it has to stand."""
    layout = read_layout(text)
    wanted: dict[int, set[str]] = defaultdict(set)
    for one in found:
        row = one.span.start.row
        wanted[layout.joined.get(row, row)].add(one.code)
    columns = {comment.row: comment.column for comment in layout.comments}
    lines = _LINES.findall(text)
    for row, codes in wanted.items():
        body = lines[row - 1].rstrip("\r\n")
        lines[row - 1] = _excused(body, columns.get(row), sorted(codes)) + lines[row - 1][len(body) :]
    return "".join(lines)


def _excused(line: str, comment: int | None, codes: Sequence[str]) -> str:
    """A line with codes added to its `noqa`, or with a comment of its own."""
    listed = ", ".join(codes)
    if comment is not None and (found := _CODES.search(line, comment - 1)):
        return f"{line[: found.end()]}, {listed}{line[found.end() :]}"
    return f"{line.rstrip()}  # noqa: {listed}"
