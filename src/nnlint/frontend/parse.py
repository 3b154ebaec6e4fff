"""Text to IR, or to the syntax error that prevents it."""

from __future__ import annotations

import re

import libcst as cst

from nnlint.frontend.broken import Broken
from nnlint.frontend.depth import too_deep
from nnlint.frontend.light import parse_light
from nnlint.frontend.lower import lower
from nnlint.frontend.unreadable import COMPLAINT, row_of
from nnlint.ir.nodes import ModuleIR
from nnlint.source import Source

__all__ = ["broken", "parse"]

_PLACE = re.compile(r"^error at \d+:\d+: ")
"""The parser's own count of the place, from 0, which the row and column say better."""
_DEEP = "nested too deeply to be read"


def parse(source: Source) -> ModuleIR | Broken:
    """Parse and lower a file."""
    if too_deep(source.text):
        return Broken(1, 1, _DEEP)
    try:
        return lower(parse_light(source.text), str(source.path))
    except cst.ParserSyntaxError as error:
        found = broken(error)
        if found.message.startswith(COMPLAINT):
            return Broken(row_of(source.text, found.message), 1, found.message)
        return found
    except cst.CSTValidationError as error:
        reason = str(error).partition("\n")[0]
        return Broken(row_of(source.text, reason), 1, reason)
    except UnicodeEncodeError:
        return Broken(1, 1, "it holds half of a surrogate pair")
    except RecursionError:
        return Broken(1, 1, _DEEP)


def broken(error: cst.ParserSyntaxError) -> Broken:
    """What the parser complains about."""
    return Broken(max(error.raw_line, 1), max(error.raw_column, 0) + 1, _reason(error))


def _reason(error: cst.ParserSyntaxError) -> str:
    """The first line of the parser's message."""
    first = str(error.message).strip().partition("\n")[0]
    return _PLACE.sub("", first.removeprefix("parser error: ")) or "invalid syntax"
