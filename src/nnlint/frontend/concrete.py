"""Text to IR by LibCST: what the running Python does not read, or what is wrong with it."""

from __future__ import annotations

import re

import libcst as cst

from nnlint.frontend import depth
from nnlint.frontend.broken import Broken
from nnlint.frontend.cst_lower import lower
from nnlint.frontend.unreadable import COMPLAINT, row_of
from nnlint.ir.nodes import ModuleIR
from nnlint.source import Source

__all__ = ["broken", "parse_concretely"]

_PLACE = re.compile(r"^(?:parser error: )?error at (\d+):(\d+): ")
"""Where the parser gave up, from 1; the row of the exception is often that of the line behind."""
_TOKENS = {"INDENT": "an indented block", "DEDENT": "the end of the block", "NAME": "a name"}


def parse_concretely(source: Source) -> ModuleIR | Broken:
    """Parse and lower a file whose brackets are not too deep for the parser."""
    try:
        return lower(cst.parse_module(source.text), str(source.path))
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
        return Broken(1, 1, depth.COMPLAINT)


def broken(error: cst.ParserSyntaxError) -> Broken:
    """What the parser complains about."""
    message = str(error.message).strip().partition("\n")[0]
    found = _PLACE.match(message)
    if found is None:
        return Broken(1, 1, message or "invalid syntax")
    return Broken(max(int(found[1]), 1), max(int(found[2]), 1), _reason(message[found.end() :]))


def _reason(expected: str) -> str:
    """The one thing that should have been there; nobody has any use for a list of all that may be."""
    what = expected.removeprefix("expected ")
    if not what or what.startswith("one of "):
        return "invalid syntax"
    return f"expected {_TOKENS.get(what, what)}"
