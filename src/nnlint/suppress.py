"""Suppression comments: which findings they silence, and which of them silence nothing.

    x = layer(y)  # noqa                       every rule, on this line
    x = layer(y)  # noqa: NN101, NN2           these codes and prefixes
    x = layer(y)  # nnlint: ignore[NN101] the warm-up call is meant to be lost
    # nnlint: ignore[NN101]                    alone on a line: the next statement with its block
    # nnlint: noqa: NN101                      alone on a line: these codes, in the whole file
    # nnlint: skip-file                        every rule, in the whole file

`noqa` is read as ruff reads it; codes of other tools in it are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nnlint.comments import Comment, Layout, read_layout
from nnlint.diagnostic import Diagnostic, Position, Severity, Span

__all__ = ["Code", "Directive", "Suppressions", "apply", "read_suppressions", "speaks_of_nnlint", "unused"]

UNUSED = "NN902"

_QUICK = re.compile(r"nnlint|noqa(?!\w|\s*:)|noqa\s*:[^\n]*nn", re.IGNORECASE)
"""What a text needs for a comment of it to matter here; tokenizing costs much, and most name other tools."""
_NAMED = re.compile(r"nnlint:|(?i:noqa)\s*:[^\n]*NN")
_NOQA = re.compile(r"#\s*(?i:noqa)(?!\w)(?P<colon>\s*:)?")
_CODES = re.compile(r"[\s,]*(?:[A-Z]+[0-9]*(?![a-z0-9_])[\s,]*)+")
_CODE = re.compile(r"[A-Z]+[0-9]*")
_IGNORE = re.compile(r"#\s*nnlint:\s*ignore\s*\[(?P<codes>[^\]]*)\]")
_SKIP = re.compile(r"#\s*nnlint:\s*skip-file\b")
_FILE = re.compile(r"#\s*nnlint:\s*noqa\s*")
_FILE_CODES = re.compile(r"#\s*nnlint:\s*noqa\s*:")
_WHOLE_FILE = (0, 2**62)
_OURS = "NN"


@dataclass(frozen=True, slots=True)
class Code:
    """A code or prefix as written in a comment, with the column (from 1) of its first character."""

    text: str
    column: int

    def covers(self, code: str) -> bool:
        """Whether a rule's code is, or begins with, this one."""
        return self.text.startswith(_OURS) and code.startswith(self.text)


@dataclass(frozen=True, slots=True)
class Directive:
    """One suppression comment. first, last: the rows it covers; codes: empty for every rule.

    keyword: how the comment calls itself ("noqa", "ignore").
    """

    row: int
    first: int
    last: int
    keyword: str
    codes: tuple[Code, ...]

    def match(self, code: str) -> Code | None:
        """The code or prefix of the comment that covers a rule."""
        return next((entry for entry in self.codes if entry.covers(code)), None)


@dataclass(frozen=True, slots=True)
class Suppressions:
    """Every suppression comment of a file. joined: the row a comment for another row stands on."""

    skip_file: bool = False
    directives: tuple[Directive, ...] = ()
    joined: tuple[tuple[int, int], ...] = ()


_NOTHING = Suppressions()


def speaks_of_nnlint(text: str) -> bool:
    """Whether a comment may name nnlint or one of its codes; others matter only where something is found."""
    # Most texts name neither, which a plain search tells ten times sooner.
    return "nnlint:" in text or ("noqa" in text.lower() and _NAMED.search(text) is not None)


def read_suppressions(text: str) -> Suppressions:
    """The suppression comments of a text."""
    if not _QUICK.search(text):
        return _NOTHING
    layout = read_layout(text)
    directives: list[Directive] = []
    for comment in layout.comments:
        if _SKIP.search(comment.text) or (comment.own_line and _FILE.fullmatch(comment.text)):
            return Suppressions(skip_file=True)
        directives.extend(_directives(comment, layout))
    return Suppressions(False, tuple(directives), tuple(sorted(layout.joined.items())))


def _directives(comment: Comment, layout: Layout) -> Iterator[Directive]:
    """The directives of one comment; those whose codes make no sense are no directives."""
    text, row = comment.text, comment.row
    if (found := _FILE_CODES.match(text)) and comment.own_line:
        if codes := _codes(comment, _listed(text, found.end())):
            yield Directive(row, *_WHOLE_FILE, "noqa", codes)
    elif found := _NOQA.search(text):
        codes = _codes(comment, _listed(text, found.end())) if found["colon"] else ()
        if codes or not found["colon"]:
            yield Directive(row, row, row, "noqa", codes)
    if (found := _IGNORE.search(text)) and (codes := _codes(comment, found.span("codes"))):
        yield Directive(row, *_covered(comment, layout), "ignore", codes)


def _covered(comment: Comment, layout: Layout) -> tuple[int, int]:
    """The rows an `ignore` speaks for: its own, or the statement after it."""
    if not comment.own_line:
        return comment.row, comment.row
    first = min((row for row in layout.statements if row > comment.row), default=comment.row + 1)
    return first, layout.statements.get(first, first)


def _listed(text: str, start: int) -> tuple[int, int]:
    """Where the codes stand that begin at `start`; a reason may follow them."""
    found = _CODES.match(text, start)
    return found.span() if found else (start, start)


def _codes(comment: Comment, part: tuple[int, int]) -> tuple[Code, ...]:
    """The codes in a part of a comment, those of other tools among them: they make a `noqa` specific."""
    found = _CODE.finditer(comment.text, *part)
    return tuple(Code(code[0], comment.column + code.start()) for code in found)


def apply(
    diagnostics: Iterable[Diagnostic], comments: Suppressions
) -> tuple[list[Diagnostic], set[tuple[Directive, str]]]:
    """What remains after suppression, and which (directive, code) pairs were of use.

    Rows of the diagnostics count in the whole text, before they are mapped to notebook cells.
    """
    joined = dict(comments.joined)
    kept: list[Diagnostic] = []
    used: set[tuple[Directive, str]] = set()
    for diagnostic in diagnostics:
        row = diagnostic.span.start.row
        hits = list(_hits(diagnostic.code, {row, joined.get(row, row)}, comments))
        used.update(hits)
        if not hits and not comments.skip_file:
            kept.append(diagnostic)
    return kept, used


def _hits(code: str, rows: set[int], comments: Suppressions) -> Iterator[tuple[Directive, str]]:
    for directive in comments.directives:
        if not any(directive.first <= row <= directive.last for row in rows):
            continue
        if not directive.codes:
            yield directive, ""
        elif (found := directive.match(code)) is not None:
            yield directive, found.text


def unused(
    path: str,
    comments: Suppressions,
    used: set[tuple[Directive, str]],
    selected: frozenset[str],
    known: frozenset[str],
) -> list[Diagnostic]:
    """NN902 for each nnlint code in a comment that silenced nothing.

    A prefix counts only when every rule it stands for was selected: one that was not might need it.
    A `noqa` without codes is left alone, other tools read it too.
    """
    found = []
    for directive in comments.directives:
        for code in directive.codes:
            meant = {rule for rule in known if code.covers(rule)}
            if not meant or not meant <= selected or UNUSED in meant or (directive, code.text) in used:
                continue
            if any(entry.text.startswith(UNUSED) for entry in directive.codes):
                continue
            found.append(_unused(path, directive, code))
    return found


def _unused(path: str, directive: Directive, code: Code) -> Diagnostic:
    span = Span(Position(directive.row, code.column), Position(directive.row, code.column + len(code.text)))
    where = "in this file" if not directive.first else "here"
    message = f"`{directive.keyword}` for {code.text} silences nothing: no such finding {where}"
    return Diagnostic(path, None, span, UNUSED, "unused-suppression", message, Severity.WARNING)
