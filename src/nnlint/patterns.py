"""File name patterns as in ruff: without a slash they match names, with one they match paths under a root."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

__all__ = ["Pattern", "matches_any"]

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
        return _compiled(self.text, self.root, False).fullmatch(path) is not None

    def covers(self, path: str) -> bool:
        """Whether the path or a folder between it and the root matches."""
        return self.matches(path) or _compiled(self.text, self.root, True).fullmatch(path) is not None


def matches_any(patterns: Iterable[Pattern], path: str) -> bool:
    """Whether one of the patterns matches."""
    return any(pattern.matches(path) for pattern in patterns)


@cache
def _compiled(text: str, root: str, below: bool) -> re.Pattern[str]:
    """below: match what lies in a matching folder under the root."""
    text = text.removeprefix("./")
    under_root = re.escape(root.rstrip("/")) + "/"
    if text.startswith("/"):
        head = ""
    elif "/" in text.rstrip("/"):
        head = under_root
    else:
        head = under_root + "(?:.*/)?" if below else "(?:.*/)?"
    body = _translate(text.rstrip("/"))
    return re.compile(head + body + ("/.*" if below else ""), re.DOTALL)


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
