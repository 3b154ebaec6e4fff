"""The fix of a finding: the edits that its repair asks for, if the text admits them."""

from __future__ import annotations

from itertools import pairwise

from nnlint.analysis.repair import Repair
from nnlint.diagnostic import Applicability, Edit, Fix
from nnlint.fix.draft import Change, Draft, Hopeless
from nnlint.fix.steps import changes

__all__ = ["fix_of"]


def fix_of(repair: Repair, path: str, draft: Draft) -> Fix | None:
    """The fix of a finding in the file `path`; None where it cannot be made there."""
    if any(step.place.path != path for step in repair.steps):
        return None  # a fix never reaches into another file
    try:
        wanted = sorted({_least(draft, change) for step in repair.steps for change in changes(draft, step)})
    except (Hopeless, ValueError):
        return None
    if not wanted or _overlap(wanted):
        return None
    applicability = Applicability.SAFE if repair.safe else Applicability.UNSAFE
    edits: tuple[Edit, ...] = tuple(draft.edit(change) for change in wanted)
    return Fix(applicability, repair.message, edits)


def _overlap(ordered: list[Change]) -> bool:
    return any(one.end > other.start for one, other in pairwise(ordered))


def _least(draft: Draft, change: Change) -> Change:
    """A change without what it would put back in the same place at its ends."""
    before, after = draft.text[change.start : change.end], change.content
    front = _common(before, after)
    back = _common(before[front:][::-1], after[front:][::-1])
    return Change(change.start + front, change.end - back, after[front : len(after) - back])


def _common(one: str, other: str) -> int:
    """How many characters two texts share from the start."""
    for at, (mine, its) in enumerate(zip(one, other)):  # noqa: B905 (the shorter one decides)
        if mine != its:
            return at
    return min(len(one), len(other))
