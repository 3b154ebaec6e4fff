"""The repair of a layer that was fed the wrong tensor."""

from __future__ import annotations

from nnlint.analysis.events import LostOutput
from nnlint.analysis.repair import Feed, Repair

__all__ = ["fed"]


def fed(lost: LostOutput) -> Repair | None:
    """Feed the next layer what the lost output is bound to."""
    if lost.stale is None or not lost.name.isidentifier():
        return None
    return Repair(f"Feed `{lost.name}` to `{lost.stale.name}`", (Feed(lost.stale.place, lost.name),))
