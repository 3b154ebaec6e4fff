"""The comments of a file, and which row a suppression comment for each row has to stand on."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from nnlint.lines import split_lines

__all__ = ["Comment", "Layout", "read_layout"]

_STRING_STARTS = {getattr(tokenize, "FSTRING_START", -1), getattr(tokenize, "TSTRING_START", -1)}
_STRING_ENDS = {getattr(tokenize, "FSTRING_END", -1), getattr(tokenize, "TSTRING_END", -1)}
_SKIPPED = {tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}
_LOOSE_COMMENT = re.compile(r"#.*")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its row and column (from 1), its text from the `#` on, and whether it has the line alone."""

    row: int
    column: int
    text: str
    own_line: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """What suppression needs to know of a text.

    comments: in order. joined: for rows inside a multi-line string or before a backslash, the row on
    which a trailing comment can stand. statements: (first row, last row) of every statement, a compound
    one with its whole block, by first row.
    """

    comments: tuple[Comment, ...]
    joined: dict[int, int]
    statements: dict[int, int]


def read_layout(text: str) -> Layout:
    """The layout of a text; where Python's tokenizer gives up, comments are found line by line."""
    lines = split_lines(text)
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO("\n".join(lines) + "\n").readline))
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError):
        return Layout(tuple(_loose_comments(lines)), {}, {})
    comments = tuple(_comment(token) for token in tokens if token.type == tokenize.COMMENT)
    return Layout(comments, _joined_rows(tokens, lines), _statements(tokens))


def _comment(token: tokenize.TokenInfo) -> Comment:
    row, column = token.start
    return Comment(row, column + 1, token.string, not token.line[:column].strip())


def _loose_comments(lines: list[str]) -> Iterator[Comment]:
    for row, line in enumerate(lines, start=1):
        if found := _LOOSE_COMMENT.search(line):
            yield Comment(row, found.start() + 1, found[0], not line[: found.start()].strip())


def _joined_rows(tokens: list[tokenize.TokenInfo], lines: list[str]) -> dict[int, int]:
    """Rows whose end cannot hold a comment, and the next row whose end can."""
    last = {}
    for first, end in _strings(tokens):
        last.update(dict.fromkeys(range(first, end), end))
    code_rows = {token.start[0] for token in tokens if token.type == tokenize.COMMENT}
    for row, line in enumerate(lines[:-1], start=1):
        if line.endswith("\\") and row not in code_rows and row not in last:
            last[row] = row + 1
    for row in sorted(last, reverse=True):
        last[row] = last.get(last[row], last[row])
    return last


def _strings(tokens: list[tokenize.TokenInfo]) -> Iterator[tuple[int, int]]:
    """First and last row of every string token that spans rows; f-strings are several tokens."""
    open_rows: list[int] = []
    for token in tokens:
        if token.type == tokenize.STRING:
            if token.start[0] != token.end[0]:
                yield token.start[0], token.end[0]
        elif token.type in _STRING_STARTS:
            open_rows.append(token.start[0])
        elif token.type in _STRING_ENDS and open_rows:
            first = open_rows.pop()
            if first != token.end[0]:
                yield first, token.end[0]


def _statements(tokens: list[tokenize.TokenInfo]) -> dict[int, int]:
    """First to last row of each statement, blocks included."""
    spans: dict[int, int] = {}
    heads: list[int] = []
    first = last = 0
    decorated = False
    for token in tokens:
        if token.type == tokenize.INDENT:
            heads.append(last)
        elif token.type == tokenize.DEDENT:
            heads.pop()
        if token.type in _SKIPPED or token.type == tokenize.ENDMARKER:
            continue
        if not first:
            first = token.start[0]
        if token.string == "@" and token.start[1] == len(token.line) - len(token.line.lstrip()):
            decorated = True  # the decorated definition belongs to the same statement
        elif token.type == tokenize.NEWLINE and decorated:
            decorated = False
        elif token.type == tokenize.NEWLINE:
            spans.setdefault(first, token.start[0])
            for head in heads:
                spans[head] = token.start[0]
            first, last = 0, first
    return spans
