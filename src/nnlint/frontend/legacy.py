"""Python 2 as Python 3: statements that are functions now, so that old code can be read at all.

Old training scripts print as a statement and are otherwise what they would be today. Rows stay as they are,
and columns nearly so. Only texts that do not parse come here; what cannot be put right is left alone.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Iterator

__all__ = ["modern", "untabbed"]

_STATEMENTS = frozenset({"print", "exec"})
_ENDS = frozenset({tokenize.NEWLINE, tokenize.COMMENT, tokenize.ENDMARKER})
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_NUMBER = re.compile(r"(?<![\w.])0([0-7]+)(?![\w.])|(?<![\w.])(0[xX][0-9a-fA-F]+|\d+)[lL]\b")

_TABBED = re.compile(r"^ *\t[ \t]*", re.M)

_Edit = tuple[tuple[int, int], int, str]
"""Row and column from where, how many characters go, and what comes instead."""


def untabbed(text: str) -> str | None:
    """The text indented by spaces only, where it is valid and has tabs there; None otherwise.

    A tab reaches to the next multiple of 8, also behind spaces.
    """
    if not _TABBED.search(text):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return _TABBED.sub(lambda found: found[0].expandtabs(8), text)


def modern(text: str) -> str:
    """The text with the statements of Python 2 rewritten; the same text where there are none."""
    text = _NUMBER.sub(lambda found: f"0o{found[1]}" if found[1] else found[2], text)
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return text
    lines = text.splitlines(keepends=True)
    for (row, column), length, new in sorted(_edits(tokens), reverse=True):
        line = lines[row - 1]
        lines[row - 1] = line[:column] + new + line[column + length :]
    return "".join(lines)


def _edits(tokens: list[tokenize.TokenInfo]) -> Iterator[_Edit]:
    fresh = True
    for position, token in enumerate(tokens):
        if fresh and token.type == tokenize.NAME:
            if token.string in _STATEMENTS:
                yield from _called(tokens, position)
            elif token.string in {"except", "raise"}:
                yield from _joined(tokens, position)
        if token.string == "<" and position + 1 < len(tokens) and tokens[position + 1].string == ">":
            yield token.start, 2, "!="
        if token.type not in {tokenize.INDENT, tokenize.DEDENT, tokenize.NL, tokenize.COMMENT}:
            fresh = token.type == tokenize.NEWLINE or token.string in {":", ";"}


def _called(tokens: list[tokenize.TokenInfo], position: int) -> Iterator[_Edit]:
    """``print x, y`` becomes ``print(x, y)``; what is written to a file is printed beside it."""
    token, following = tokens[position], tokens[position + 1]
    if following.type in _ENDS or following.string in {"(", "=", ".", ";", ",", ")"}:
        return
    if following.string == "[" and following.start == token.end:
        return
    if following.string == ">>":
        yield following.start, 2, "  "
    gap = following.start[1] - token.end[1] if following.start[0] == token.end[0] else 0
    yield token.end, min(gap, 1), "("
    yield _end(tokens, position), 0, ")"


def _end(tokens: list[tokenize.TokenInfo], position: int) -> tuple[int, int]:
    """Where the statement that begins at a token ends."""
    depth = 0
    last = tokens[position]
    for token in tokens[position + 1 :]:
        if token.string in _OPENING and token.type == tokenize.OP:
            depth += 1
        elif token.string in _CLOSING and token.type == tokenize.OP:
            depth -= 1
        over = token.type in {tokenize.NEWLINE, tokenize.ENDMARKER}  # also where a bracket is left open
        if over or (not depth and (token.type in _ENDS or token.string == ";")):
            break
        last = token
    return last.end


def _joined(tokens: list[tokenize.TokenInfo], position: int) -> Iterator[_Edit]:
    """``except E, name`` becomes ``except E as name``, ``raise E, text`` becomes ``raise E from text``."""
    word = " as " if tokens[position].string == "except" else " from "
    depth = 0
    for token in tokens[position + 1 :]:
        if token.string in _OPENING:
            depth += 1
        elif token.string in _CLOSING:
            depth -= 1
        elif not depth and token.string == ",":
            yield token.start, 1, word
            return
        elif not depth and (token.type in _ENDS or token.string in {":", ";"}):
            return
