"""Where the tokenizer gave up, or a check after it, which they do not say themselves.

A text that is cut off before the row in question does not raise that complaint, one that is cut off after
it does: the row is found by halving. Only strings over several rows need another way, as a cut through any of
them raises the same complaint.
"""

from __future__ import annotations

import re

import libcst as cst

__all__ = ["COMPLAINT", "row_of"]

COMPLAINT = "tokenizer error"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_LONGEST = 400_000
"""Longer texts are not looked through again: some twenty parses must stay quick."""
_TRIED = 12
"""Rows with triple quotes that are looked at, from the last one on."""


def row_of(text: str, complaint: str) -> int:
    """The row that raises a complaint; 1 where it is not found."""
    if len(text) > _LONGEST:
        return 1
    lines = [line for line in _LINE.findall(text) if line]
    if "triple-quoted" in complaint:
        return _last_opened(lines, complaint)
    low, high = 1, len(lines)
    while low < high:
        middle = (low + high) // 2
        if complaint in _complaint("".join(lines[:middle])):
            high = middle
        else:
            low = middle + 1
    return low


def _last_opened(lines: list[str], complaint: str) -> int:
    """The row of the last string that opens and never ends."""
    quoted = [row for row, line in enumerate(lines, 1) if '"""' in line or "'''" in line]
    for row in reversed(quoted[-_TRIED:]):
        if complaint not in _complaint("".join(lines[: row - 1])):
            return row
    return 1


def _complaint(text: str) -> str:
    """What the parser says about a text, "" if nothing."""
    try:
        cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        return str(error.message)
    except cst.CSTValidationError as error:
        return str(error)
    except RecursionError:
        pass
    return ""
