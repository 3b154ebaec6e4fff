"""IPython's additions to Python, taken out of a cell so that every row and column stays in place."""

from __future__ import annotations

import ast
import re

__all__ = ["blank_magics", "is_python_cell"]

_PYTHON_CELL_MAGICS = frozenset({"time", "capture", "prun", "debug", "ipytest", "skip", "notify"})
"""Cell magics whose cell runs as Python in the notebook's own scope (`%%timeit` and `%%python` do not)."""

_CELL_MAGIC = re.compile(r"\s*%%([\w.]*)")
_MAGIC = re.compile(r"(\s*)(?:%|!|\?|,(?=\w)|/(?=\w)|;(?=\w)|;+\s*$)")
_TIMED = re.compile(r"(\s*)%time\s+(?=\S)")
_ASSIGNMENT = re.compile(r"(\s*[\w.\[\], *]+?\s*=\s*)[!%](?!=)")
_HELP = re.compile(r"(\s*)[%\w.*\[\]]+\s*\?\??\s*(?:;\s*)?$")
_AUTOMAGIC = re.compile(r"(\s*)(?:pip3?|conda|mamba|apt|apt-get)\s+[\w-]+")
_OPENING, _CLOSING = "([{", ")]}"
_STRING = re.compile(r"\"\"\"|'''|\"|'")


def is_python_cell(lines: list[str]) -> bool:
    """Whether a cell is Python in the notebook's scope: no cell magic, or one that runs its cell so."""
    first = next((line for line in lines if line.strip()), "")
    magic = _CELL_MAGIC.match(first)
    return magic is None or magic[1] in _PYTHON_CELL_MAGICS


def blank_magics(lines: list[str]) -> list[str]:
    """The lines of a cell with magics, shell and help lines replaced; what remains is Python.

    An assignment from a magic keeps its targets and gets a value nothing is known of.
    """
    result: list[str] = []
    state = _Scanner()
    continued = False
    for line in lines:
        if continued:
            continued = line.endswith("\\")
            result.append("")
        elif state.at_statement and (replacement := _replace(line)) is not None:
            continued = line.endswith("\\")
            result.append(replacement)
        else:
            state.feed(line)
            result.append(line)
    return result


def _replace(line: str) -> str | None:
    """What stands in place of a line that is not Python; None for one that is."""
    timed = _TIMED.match(line)
    if timed and _is_simple(line[timed.end() :]):
        return f"{timed[1]}pass;".ljust(timed.end()) + line[timed.end() :]
    if found := _ASSIGNMENT.match(line):
        return found[1] + "get_ipython()"
    found = _MAGIC.match(line) or _HELP.match(line) or _AUTOMAGIC.match(line)
    if found is None:
        return None
    return f"{found[1]}pass" if found[1] else ""  # a block must not become empty


def _is_simple(statement: str) -> bool:
    """Whether the rest of a `%time` line may stand behind a semicolon."""
    try:
        body = ast.parse(statement.strip()).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return not any(hasattr(node, "body") for node in body)


class _Scanner:
    """Knows whether the next line begins a statement: outside brackets, strings and continued lines."""

    def __init__(self) -> None:
        self.depth = 0
        self.quote = ""
        self.joined = False

    @property
    def at_statement(self) -> bool:
        """Whether a new statement begins on the next line."""
        return not self.depth and not self.quote and not self.joined

    def feed(self, line: str) -> None:
        """Read one line of Python."""
        position = 0
        self.joined = False
        while position < len(line):
            position = self._in_string(line, position) if self.quote else self._in_code(line, position)
        if len(self.quote) == 1 and not self.joined:
            self.quote = ""  # an unterminated string ends with its line

    def _in_string(self, line: str, position: int) -> int:
        if line[position] == "\\":
            self.joined = position + 1 == len(line)
            return position + 2
        if line.startswith(self.quote, position):
            position += len(self.quote)
            self.quote = ""
            return position
        return position + 1

    def _in_code(self, line: str, position: int) -> int:
        character = line[position]
        if character == "#":
            return len(line)
        if found := _STRING.match(line, position):
            self.quote = found[0]
            return found.end()
        if character in _OPENING:
            self.depth += 1
        elif character in _CLOSING:
            self.depth = max(self.depth - 1, 0)
        self.joined = character == "\\" and position + 1 == len(line)
        return position + 1
