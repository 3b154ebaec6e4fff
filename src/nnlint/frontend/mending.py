"""Notebooks with cells that are no Python: the broken ones are taken out, so that the others can be read."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from nnlint.frontend.broken import Broken
from nnlint.frontend.parse import parse
from nnlint.source import Source

__all__ = ["mend"]

_PRINT = re.compile(
    r"^(\s*(?:(?:if|elif|else|for|while|try|except|with)\b[^#]*:\s*)?print)[ \t](?=\s*[^\s=(,.:>])"
)


def mend(source: Source) -> tuple[Source, tuple[Broken, ...]]:
    """The notebook without its broken cells, every row and column in its place, and what is wrong with them.

    Python 2 prints are put into words of Python 3 that take up as much room (`print, x`).
    """
    assert source.cells is not None
    lines = source.text.split("\n")
    kept: list[str] = []
    broken: list[Broken] = []
    for _, cell in groupby(range(len(source.cells)), key=lambda row: source.cells[row].cell):  # type: ignore[index]
        rows = list(cell)
        text, error = _readable(source, lines[rows[0] : rows[-1] + 1])
        kept += text
        if error is not None:
            broken.append(replace(error, row=rows[0] + min(error.row, len(rows))))
    return replace(source, text="\n".join([*kept, ""])), tuple(broken)


def _readable(source: Source, lines: list[str]) -> tuple[list[str], Broken | None]:
    """A cell as it stands, or with its prints modernised, or emptied."""
    error = _error(source, lines)
    if error is None:
        return lines, None
    modern = [_PRINT.sub(r"\1,", line) for line in lines]
    if modern != lines and _error(source, modern) is None:
        return modern, None
    return [""] * len(lines), error


def _error(source: Source, lines: list[str]) -> Broken | None:
    found = parse(replace(source, text="\n".join([*lines, ""]), cells=None))
    return found if isinstance(found, Broken) else None
