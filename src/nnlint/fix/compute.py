"""The fix of a finding: the edits that its repair asks for, if the text admits them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from nnlint.analysis.repair import (
    Collect,
    Feed,
    Initialize,
    Keep,
    Repair,
    Return,
    SafeLog,
    Step,
    Swap,
    Unwrap,
    Word,
)
from nnlint.diagnostic import Applicability, Edit, Fix
from nnlint.fix.arguments import feed, keep, safe_log, swap, word
from nnlint.fix.classes import collect, initialize, return_last
from nnlint.fix.draft import Change, Draft, Hopeless
from nnlint.fix.steps import PLAIN, call_at
from nnlint.fix.unwrap import unwrap

__all__ = ["fix_of"]


def fix_of(repair: Repair, path: str, draft: Draft) -> Fix | None:
    """The fix of a finding in the file `path`; None where it cannot be made there."""
    if any(step.place.path != path for step in repair.steps):
        return None  # a fix never reaches into another file
    try:
        wanted = sorted({_least(draft, change) for step in repair.steps for change in _changes(draft, step)})
    except (Hopeless, ValueError):
        return None
    if not wanted or _overlap(wanted):
        return None
    applicability = Applicability.SAFE if repair.safe else Applicability.UNSAFE
    edits: tuple[Edit, ...] = tuple(draft.edit(change) for change in wanted)
    return Fix(applicability, repair.message, edits)


_STEPS: dict[type, Callable[[Draft, Any], list[Change]]] = {
    **PLAIN,
    Collect: collect,
    Feed: feed,
    Initialize: initialize,
    Keep: keep,
    Return: return_last,
    SafeLog: safe_log,
    Swap: swap,
    Unwrap: lambda draft, step: [unwrap(draft, call_at(draft, step), step.option)],
    Word: word,
}


def _changes(draft: Draft, step: Step) -> list[Change]:
    return _STEPS[type(step)](draft, step)


def _overlap(ordered: list[Change]) -> bool:
    return any(one.end > other.start for one, other in pairwise(ordered))


def _least(draft: Draft, change: Change) -> Change:
    """A change without what it would put back in the same place at its ends."""
    before, after = draft.text[change.start : change.end], change.content
    front = _common(before, after)
    back = _common(before[front:][::-1], after[front:][::-1])
    return Change(change.start + front, change.end - back, after[front : len(after) - back])


def _common(one: str, other: str) -> int:
    """How many characters two texts share from the start, without a part of a word."""
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    while at and _in_word(one[at - 1]) and (_in_word(one[at : at + 1]) or _in_word(other[at : at + 1])):
        at -= 1
    return at


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"
