"""Text to IR, or to the syntax error that prevents it."""

from __future__ import annotations

import libcst as cst

from nnlint.frontend.broken import Broken
from nnlint.frontend.depth import too_deep
from nnlint.frontend.lower import lower
from nnlint.ir.nodes import ModuleIR
from nnlint.source import Source

__all__ = ["parse"]

_DEEP = "nested too deeply to be read"


def parse(source: Source) -> ModuleIR | Broken:
    """Parse and lower a file."""
    if too_deep(source.text):
        return Broken(1, 1, _DEEP)
    try:
        return lower(cst.parse_module(source.text), str(source.path))
    except cst.ParserSyntaxError as error:
        return Broken(max(error.raw_line, 1), max(error.raw_column, 0) + 1, _reason(error))
    except RecursionError:
        return Broken(1, 1, _DEEP)


def _reason(error: cst.ParserSyntaxError) -> str:
    """The first line of the parser's message."""
    first = str(error.message).strip().partition("\n")[0]
    return first.removeprefix("parser error: ") or "invalid syntax"
