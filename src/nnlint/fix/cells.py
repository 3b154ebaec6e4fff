"""Applying edits to a notebook: only the strings of the touched lines change in its JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from nnlint.diagnostic import Edit
from nnlint.fix.plain import edited, offsets
from nnlint.lines import split_lines
from nnlint.source import Source

__all__ = ["rewrite_cells"]

_BLANK = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"[^\s,\]}]+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class _Token(NamedTuple):
    """A string of the JSON text: where it stands, quotes included, and what it says."""

    start: int
    end: int
    text: str


def rewrite_cells(data: bytes, source: Source, edits: Sequence[Edit]) -> bytes | None:
    """The bytes of a notebook with edited cells; None where a cell does not say what was analysed."""
    try:
        text = data.decode("utf-8")
        cells = _cells(_value(text, _blank(text, 1 if text.startswith("\ufeff") else 0))[0])
    except (ValueError, IndexError, RecursionError):
        return None
    by_cell: dict[int, list[Edit]] = {}
    for edit in edits:
        by_cell.setdefault(edit.cell or 0, []).append(edit)
    for number in sorted(by_cell, reverse=True):
        tokens = cells[number - 1] if 0 < number <= len(cells) else None
        strings = [tokens] if isinstance(tokens, _Token) else tokens
        if not strings or not _same("".join(one.text for one in strings), source, number, by_cell[number]):
            return None
        ascii_only = text.isascii()
        if isinstance(tokens, _Token):
            spelled = json.dumps(edited(tokens.text, by_cell[number]), ensure_ascii=ascii_only)
            text = text[: tokens.start] + spelled + text[tokens.end :]
        else:
            text = _relisted(text, strings, by_cell[number], ascii_only)
    return text.encode("utf-8")


def _same(cell: str, source: Source, number: int, edits: Sequence[Edit]) -> bool:
    """Whether the edited lines read in the cell as they were analysed (magics do not)."""
    lines = split_lines(cell)
    analysed = {
        line.row: (line.indent, text)
        for line, text in zip(source.cells or (), split_lines(source.text), strict=False)
        if line.cell == number
    }
    for row in {row for edit in edits for row in range(edit.span.start.row, edit.span.end.row + 1)}:
        indent, text = analysed.get(row, (0, ""))
        if row <= len(lines) and lines[row - 1][indent:] != text:
            return False
    return True


def _relisted(text: str, strings: Sequence[_Token], edits: Sequence[Edit], ascii_only: bool) -> str:
    """The JSON text with the strings of the touched lines spelled anew, one for each line."""
    whole = "".join(one.text for one in strings)
    start, end = offsets(whole, edits)
    ends = [0]
    for one in strings:
        ends.append(ends[-1] + len(one.text))
    first = max(at for at in range(len(strings)) if ends[at] <= start)
    last = min((at for at in range(first, len(strings)) if ends[at + 1] >= end), default=len(strings) - 1)
    behind = len(whole) - ends[last + 1]
    new = edited(whole, edits)
    middle = new[ends[first] : len(new) - behind]
    spelled = [json.dumps(line, ensure_ascii=ascii_only) for line in _LINE.findall(middle)] or ['""']
    return text[: strings[first].start] + _between(text, strings).join(spelled) + text[strings[last].end :]


def _between(text: str, strings: Sequence[_Token]) -> str:
    """What separates two strings of the list."""
    if len(strings) > 1:
        return text[strings[0].end : strings[1].start]
    before = text[: strings[0].start]
    return "," + (before[len(before.rstrip(" \t\r\n")) :] or " ")


def _cells(notebook: Any) -> list[Any]:
    """The source of each cell, in the order of the cells; nbformat 3 keeps them in worksheets."""
    sheets = [notebook] if "cells" in notebook else notebook.get("worksheets", [])
    cells = [cell for sheet in sheets for cell in sheet.get("cells", [])]
    return [cell.get("source", cell.get("input")) if isinstance(cell, dict) else None for cell in cells]


def _blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    assert found is not None
    return found.end()


def _value(text: str, at: int) -> tuple[Any, int]:
    """A JSON value with its strings as tokens, and where it ends; the text is known to be valid JSON."""
    if text[at] == '"':
        value, end = scanstring(text, at + 1, False)
        return _Token(at, end, value), end
    if text[at] not in "[{":
        found = _SCALAR.match(text, at)
        if found is None:
            raise ValueError("no JSON")
        return None, found.end()
    items: list[Any] = []
    table: dict[str, Any] = {}
    closing = "]" if text[at] == "[" else "}"
    at = _blank(text, at + 1)
    while text[at] != closing:
        if closing == "}":
            key, at = scanstring(text, at + 1, False)
            table[key], at = _value(text, _blank(text, _blank(text, at) + 1))
        else:
            item, at = _value(text, at)
            items.append(item)
        at = _blank(text, at)
        if text[at] == ",":
            at = _blank(text, at + 1)
    return (table if closing == "}" else items), at + 1
