"""File name patterns as in ruff: without a slash they match names, with one they match paths under a root."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

__all__ = ["Pattern", "Patterns"]

_SPECIAL = re.compile(r"[*?\[{]")
_TOKEN = re.compile(r"\*\*/|\*+|\?|\[!?\]?[^\]]*\]|\{[^{}]*\}|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A glob and the folder it is relative to (absolute, with forward slashes).

    `*` also crosses slashes, `**/` matches any number of folders, none included, `{a,b}` either text.
    """

    text: str
    root: str

    def matches(self, path: str) -> bool:
        """Whether an absolute path matches as a whole or, for a pattern without a slash, by its name."""
        return _alone(self).match(path)

    def covers(self, path: str) -> bool:
        """Whether the path or a folder between it and the root matches."""
        if self.matches(path):
            return True
        above = path.rpartition("/")[0]
        return above.startswith(self.root.rstrip("/") + "/") and self.covers(above)

    @property
    def is_name(self) -> bool:
        """Whether it speaks of names and not of paths."""
        return "/" not in _clean(self.text)


class Patterns:
    """Several patterns as one look-up: plain names in a set, the rest in two regular expressions."""

    def __init__(self, patterns: Iterable[Pattern] = ()) -> None:
        self.all = tuple(patterns)
        names = [_clean(pattern.text) for pattern in self.all if pattern.is_name]
        self._plain = frozenset(name for name in names if not _SPECIAL.search(name))
        self._names = _either(_translate(name) for name in names if _SPECIAL.search(name))
        self._paths = _either(_path(pattern) for pattern in self.all if not pattern.is_name)

    def match(self, path: str) -> bool:
        """Whether an absolute path with forward slashes matches one of them."""
        name = path.rpartition("/")[2]
        return (
            name in self._plain
            or (self._names is not None and self._names.fullmatch(name) is not None)
            or (self._paths is not None and self._paths.fullmatch(path) is not None)
        )


@cache
def _alone(pattern: Pattern) -> Patterns:
    return Patterns((pattern,))


def _clean(text: str) -> str:
    return text.removeprefix("./").rstrip("/")


def _path(pattern: Pattern) -> str:
    """The regular expression of a pattern with a slash."""
    head = "" if pattern.text.startswith("/") else re.escape(pattern.root.rstrip("/")) + "/"
    return head + _translate(_clean(pattern.text))


def _either(expressions: Iterable[str]) -> re.Pattern[str] | None:
    listed = list(expressions)
    return re.compile("|".join(f"(?:{one})" for one in listed), re.DOTALL) if listed else None


def _translate(text: str) -> str:
    """The regular expression of a glob."""
    return "".join(_piece(token) for token in _TOKEN.findall(text))


def _piece(token: str) -> str:
    if token == "**/":
        return "(?:.*/)?"
    if token.startswith("*"):
        return ".*"
    if token == "?":
        return "[^/]"
    if token.startswith("{") and len(token) > 1:
        return "(?:" + "|".join(_translate(part) for part in token[1:-1].split(",")) + ")"
    if token.startswith("[") and len(token) > 2:
        inner = token[1:-1].replace("\\", r"\\")
        return "[^" + inner[1:] + "]" if inner.startswith("!") else "[" + inner.replace("^", r"\^") + "]"
    return re.escape(token)
