"""The mutable store: every write goes through `State.set`, so branches can be undone and joined.

While a branch runs, each write is noted on a trail with the value it replaced. When the branch ends its
final values are taken off, the trail is undone, the other branch runs from the same start, and what the
surviving branches wrote is joined. The cost follows the number of writes, not the size of the state.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from nnlint.analysis.join import join
from nnlint.analysis.values import Obj, Value

__all__ = ["Arm", "Flow", "State", "Writes"]

Writes = dict[tuple[int, str], tuple[Obj, Value | None]]


class Flow:
    """How a block ends; a plain int set, since it is asked after every statement."""

    NEXT = 1
    RETURN = 2
    BREAK = 4
    CONTINUE = 8
    RAISE = 16


@dataclass(slots=True)
class Arm:
    """One executed branch: how it ended and what it wrote."""

    flow: int
    writes: Writes


@dataclass(slots=True)
class State:
    """Trail and purity bookkeeping; the values themselves live in the objects."""

    trail: list[tuple[Obj, str, Value | None]] = field(default_factory=list)
    branches: int = 0
    oldest_write: int = 1 << 60
    """Serial number of the oldest object written since it was last reset: tells whether a call was pure."""

    def set(self, owner: Obj, key: str, value: Value) -> None:
        """Write an attribute, variable or item."""
        attrs = owner.attrs
        if self.branches:
            self.trail.append((owner, key, attrs.get(key)))
        attrs[key] = value
        owner.version += 1
        if owner.serial < self.oldest_write:
            self.oldest_write = owner.serial

    def delete(self, owner: Obj, key: str) -> None:
        """Remove a key if it is there."""
        if key in owner.attrs:
            if self.branches:
                self.trail.append((owner, key, owner.attrs[key]))
            del owner.attrs[key]
            owner.version += 1

    def attempt(self, run: Callable[[], int]) -> Arm:
        """Run a branch, take its writes and undo them."""
        mark = len(self.trail)
        self.branches += 1
        flow = run()
        self.branches -= 1
        writes: Writes = {}
        trail = self.trail
        for owner, key, _ in trail[mark:]:
            writes[owner.serial, key] = (owner, owner.attrs.get(key))
        for owner, key, old in reversed(trail[mark:]):
            _restore(owner, key, old)
        del trail[mark:]
        return Arm(flow, writes)

    def merge(self, arms: list[Arm]) -> None:
        """Make the join of the surviving arms the state."""
        if len(arms) == 1:
            for (_, key), (owner, value) in arms[0].writes.items():
                self._put(owner, key, value)
            return
        touched: Writes = {}
        for arm in arms:
            touched.update(arm.writes)
        for identity, (owner, _) in touched.items():
            key = identity[1]
            before = owner.attrs.get(key)
            merged: Value | None = None
            for arm in arms:
                value = arm.writes[identity][1] if identity in arm.writes else before
                # A name bound on one path only is taken to be bound: the program would stop otherwise.
                merged = value if merged is None else merged if value is None else join(merged, value)
            self._put(owner, key, merged)

    def join_in(self, writes: Writes) -> None:
        """Join what a path that left early had written."""
        for (_, key), (owner, value) in writes.items():
            now = owner.attrs.get(key)
            if value is not None and now is not value:
                self.set(owner, key, value if now is None else join(now, value))

    def _put(self, owner: Obj, key: str, value: Value | None) -> None:
        if value is None:
            self.delete(owner, key)
        elif owner.attrs.get(key) is not value:
            self.set(owner, key, value)


def _restore(owner: Obj, key: str, old: Value | None) -> None:
    if old is None:
        owner.attrs.pop(key, None)
    else:
        owner.attrs[key] = old
    owner.version += 1
