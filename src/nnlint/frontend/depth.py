"""Whether a text nests brackets deeper than Python itself takes.

CPython refuses more than 200 brackets inside each other. LibCST's native parser has no such bound: its
time grows steeply with the depth, and near 1,500 calls it overflows the stack and ends the process.
"""

from __future__ import annotations

import io
import re
import tokenize

__all__ = ["COMPLAINT", "too_deep"]

COMPLAINT = "nested too deeply to be read"
_DEEPEST = 200
_BRACKET = re.compile(r"[()\[\]{}]")
_STEP = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


def too_deep(text: str) -> bool:
    """Whether brackets outside strings and comments nest more than 200 deep."""
    if text.count("(") + text.count("[") + text.count("{") <= _DEEPEST:
        return False
    if not _passes(_BRACKET.findall(text)):
        return False
    # Those in strings were counted, too. Only such rare texts are worth the slower, exact count.
    try:
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        return _passes([token.string for token in tokens if token.string in _STEP])
    except (tokenize.TokenError, SyntaxError) as error:
        return "nested" in str(error)


def _passes(brackets: list[str]) -> bool:
    depth = 0
    for bracket in brackets:
        depth += _STEP[bracket]
        if depth > _DEEPEST:
            return True
    return False
