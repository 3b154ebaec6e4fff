"""Text to IR, or to the syntax error that prevents it."""

from __future__ import annotations

import re

import libcst as cst

from nnlint.frontend.broken import Broken
from nnlint.frontend.depth import too_deep
from nnlint.frontend.lower import lower
from nnlint.ir.nodes import ModuleIR
from nnlint.source import Source

__all__ = ["broken", "parse"]

_PLACE = re.compile(r"^error at \d+:\d+: ")
"""The parser's own count of the place, from 0, which the row and column say better."""
_LONG = 60
_PRINT = re.compile(r"\s*(?:print|exec)\s+[\w\"']")
_DEEP = "nested too deeply to be read"


def parse(source: Source) -> ModuleIR | Broken:
    """Parse and lower a file."""
    if too_deep(source.text):
        return Broken(1, 1, _DEEP)
    try:
        return lower(cst.parse_module(source.text), str(source.path))
    except cst.ParserSyntaxError as error:
        return broken(error, source.text)
    except RecursionError:
        return Broken(1, 1, _DEEP)


def broken(error: cst.ParserSyntaxError, text: str) -> Broken:
    """What the parser complains about in a text."""
    row = max(error.raw_line, 1)
    lines = text.split("\n", row)
    old = len(lines) >= row and _PRINT.match(lines[row - 1])
    reason = "a statement of Python 2, which nnlint does not read" if old else _reason(error)
    return Broken(row, max(error.raw_column, 0) + 1, reason)


def _reason(error: cst.ParserSyntaxError) -> str:
    """The first line of the parser's message, unless it lists every token that Python knows."""
    first = str(error.message).strip().partition("\n")[0]
    reason = _PLACE.sub("", first.removeprefix("parser error: "))
    return reason if 0 < len(reason) < _LONG else "invalid syntax"
