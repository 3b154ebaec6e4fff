"""Splitting text into lines as Python's tokenizer does: at line feeds and carriage returns only."""

from __future__ import annotations

import re

__all__ = ["line_starts", "split_lines"]

_BREAK = re.compile(r"\r\n|\r|\n")


def split_lines(text: str) -> list[str]:
    """The lines of `text` without their ends; a line end at the very end opens no further line.

    `str.splitlines` will not do: it also breaks at form feeds and Unicode separators, which Python does not.
    """
    lines = _BREAK.split(text)
    if lines[-1] == "":
        lines.pop()
    return lines


def line_starts(text: str) -> list[int]:
    """The offset at which each line begins, that behind a last line end included."""
    return [0, *(found.end() for found in _BREAK.finditer(text))]
