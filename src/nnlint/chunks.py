"""A text in pieces that can be read one by one: each holds whole top-level statements.

Cuts lie where a line begins a statement: at its first column, outside brackets, strings and continued
lines, and not before a clause of the statement above. A cut that is left out does no harm. A cut too many
leaves a piece that is no Python by itself, so whoever parses the pieces notices; and pieces that are Python
each for itself are Python together, statement for statement.
"""

from __future__ import annotations

import re

__all__ = ["Splitter"]

_LINES = re.compile(r"^(?=[^\s#)\]}])", re.MULTILINE)
_JOINED = re.compile(r"^[ \t]*\\", re.MULTILINE)
"""A line that is only continued: the parser loses count of those that begin a text."""
_CLAUSE = re.compile(r"(?:elif|else|except|finally)\b")
_TOKEN = re.compile(r"#[^\n]*|'''|\"\"\"|'|\"|[(\[{]|[)\]}]|\\\r?\n")
_SHORT = {
    "'": re.compile(r"'(?:[^'\\\n]|\\(?:\r\n|[\s\S]))*'"),
    '"': re.compile(r'"(?:[^"\\\n]|\\(?:\r\n|[\s\S]))*"'),
}
_LONG = {
    "'''": re.compile(r"[^\\']*(?:(?:\\[\s\S]|'(?!''))[^\\']*)*'''"),
    '"""': re.compile(r'[^\\"]*(?:(?:\\[\s\S]|"(?!""))[^\\"]*)*"""'),
}

_State = tuple[str, int, bool]
"""The quote of the open string, how deep in brackets, and whether the last line is continued."""
_CLEAN: _State = ("", 0, False)
_LOST: _State = ("", -1, False)


class Splitter:
    """Cuts one text after the other; of what it saw before it knows the effect."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, _State], _State] = {}

    def split(self, text: str) -> list[str] | None:
        """The pieces of a text, None where in doubt: line ends of other kinds, open strings or brackets."""
        if "\f" in text or text.count("\r") != text.count("\r\n") or "\0" in text or _JOINED.search(text):
            return None
        seen: dict[tuple[str, _State], _State] = {}
        found: list[str] = []
        waiting: list[str] = []
        state = _CLEAN
        decorated = False
        for line in _LINES.split(text):
            if state == _CLEAN:
                decorated = line.startswith("@")
                if found and not waiting and _CLAUSE.match(line):
                    waiting.append(found.pop())
            key = (line, state)
            state = self._known[key] if key in self._known else _after(line, state)
            seen[key] = state
            if state is _LOST:
                return None
            waiting.append(line)
            if state == _CLEAN and not decorated:
                found.append("".join(waiting))
                waiting.clear()
        self._known = seen
        if waiting:
            return None
        return [piece for piece in found if piece]


def _after(line: str, state: _State) -> _State:
    """The state behind a line and the indented ones that follow it."""
    quote, depth, _ = state
    position, size = 0, len(line)
    joined = False
    while position < size:
        if quote:
            closed = _LONG[quote].match(line, position)
            if closed is None:
                return (quote, depth, False)
            position, quote = closed.end(), ""
        found = _TOKEN.search(line, position)
        if found is None:
            break
        token = found[0]
        position = found.end()
        if token in _LONG:
            quote = token
        elif token in _SHORT:
            text = _SHORT[token].match(line, found.start())
            if text is None:
                return _LOST
            position = text.end()
        elif token in "([{":
            depth += 1
        elif token in ")]}":
            depth -= 1
            if depth < 0:
                return _LOST
        elif token[0] == "\\":
            joined = position == size
    return (quote, depth, joined)
