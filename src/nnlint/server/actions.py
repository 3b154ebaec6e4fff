"""What can be done about a finding: its fix, all safe fixes at once, or a comment that excuses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nnlint.add_noqa import with_noqa
from nnlint.diagnostic import Applicability, Diagnostic, Edit, Position, Span
from nnlint.lines import split_lines

__all__ = ["FIX_ALL", "QUICK_FIX", "Action", "all_fixes", "excuse", "fixes", "is_safe"]

QUICK_FIX = "quickfix"
FIX_ALL = "source.fixAll.nnlint"
_PIPELINE = "NN9"
"""Findings about a file as a whole; no line can excuse them."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something to offer. fixes: the findings it settles; preferred: whether it is what one would want."""

    title: str
    kind: str
    edits: tuple[Edit, ...]
    fixes: tuple[Diagnostic, ...] = ()
    preferred: bool = False


def fixes(found: Iterable[Diagnostic], unsafe: bool) -> Iterator[Action]:
    """The fix of each finding; unsafe ones say so and are never preferred."""
    for one in found:
        if one.fix is None:
            continue
        safe = is_safe(one)
        if safe or unsafe:
            title = f"{one.code}: {one.fix.message}{'' if safe else ' (unsafe: may change behaviour)'}"
            yield Action(title, QUICK_FIX, one.fix.edits, (one,), safe)


def is_safe(one: Diagnostic) -> bool:
    """Whether a finding has a fix that leaves what the code does as it is."""
    return one.fix is not None and one.fix.applicability is Applicability.SAFE


def all_fixes(found: Sequence[Diagnostic], title: str, kind: str) -> Action | None:
    """Every safe fix of a document that does not get in the way of an earlier one."""
    taken: list[Edit] = []
    settled = []
    for one in found:
        if one.fix is None or not is_safe(one):
            continue
        fresh = [edit for edit in one.fix.edits if edit not in taken]
        if not _clash([*taken, *fresh]):
            taken += fresh
            settled.append(one)
    ordered = tuple(sorted(taken, key=lambda edit: (edit.cell or 0, edit.span)))
    return Action(title, kind, ordered, tuple(settled)) if ordered else None


def _clash(edits: Iterable[Edit]) -> bool:
    """Whether two edits touch the same characters, or insert at the same place."""
    ordered = sorted(edits, key=lambda edit: (edit.cell or 0, edit.span))
    return any(
        one.cell == other.cell and (one.span.end > other.span.start or one.span == other.span)
        for one, other in pairwise(ordered)
    )


def excuse(one: Diagnostic, text: str) -> Action | None:
    """A `noqa` comment for a finding; text: that of its file, or of its cell."""
    if one.code.startswith(_PIPELINE):
        return None
    before, after = split_lines(text), split_lines(with_noqa(text, [one]))
    changed = [row for row, line in enumerate(before) if row < len(after) and after[row] != line]
    if len(changed) != 1 or len(before) != len(after):
        return None
    row = changed[0]
    span = Span(Position(row + 1, 1), Position(row + 1, len(before[row]) + 1))
    edit = _least(span, before[row], after[row], one.cell)
    return Action(f"{one.code}: ignore on this line", QUICK_FIX, (edit,), (one,))


def _least(span: Span, before: str, after: str, cell: int | None) -> Edit:
    """The edit of one line without what stays."""
    front = 0
    while front < min(len(before), len(after)) and before[front] == after[front]:
        front += 1
    back = 0
    while back < min(len(before), len(after)) - front and before[-1 - back] == after[-1 - back]:
        back += 1
    row = span.start.row
    inner = Span(Position(row, front + 1), Position(row, len(before) - back + 1))
    return Edit(inner, after[front : len(after) - back], cell)
