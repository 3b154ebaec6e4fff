"""The page of a rule, for a finding under the cursor or a code in a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nnlint.diagnostic import Diagnostic, Position
from nnlint.pages import find_page
from nnlint.selection import catalogue

__all__ = ["at_code", "at_finding", "page"]

_SPEAKS = re.compile(r"#.*(?:(?i:noqa)|nnlint:)")
_CODE = re.compile(r"\bNN\d+\b")


def page(codes: Iterable[str]) -> str:
    """The pages of these rules, by code or prefix; "" where there are none."""
    found = []
    for code in dict.fromkeys(codes):
        meant = [rule for rule in catalogue() if rule.code.startswith(code)]
        if len(meant) == 1:
            text = find_page(meant[0].code, meant[0].name)
            title = f"# {meant[0].code}: {meant[0].name}"
            found.append(text if text is not None else f"{title}\n\n{meant[0].summary}")
        elif meant:
            found.append("\n".join(f"- {rule.code} {rule.name}: {rule.summary}" for rule in meant))
    return "\n\n---\n\n".join(found)


def at_code(line: str, column: int) -> str:
    """The code under a column (from 0) of a line, if it stands in a suppression comment; else ""."""
    if _SPEAKS.search(line) is None:
        return ""
    return next((code[0] for code in _CODE.finditer(line) if code.start() <= column <= code.end()), "")


def at_finding(found: Iterable[Diagnostic], position: Position) -> list[str]:
    """The codes of the findings at a position."""
    return [one.code for one in found if one.span.start <= position <= one.span.end]
