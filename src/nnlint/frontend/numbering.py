"""What both readings share: node numbers, and which names are read and stored."""

from __future__ import annotations

import math

from nnlint.frontend.scopes import ScopeBuilder

__all__ = ["LONGEST_CHAIN", "Numbering", "whole"]

LONGEST_CHAIN = 50
"""How many `elif` stand as an `If` in an `If`, which nests; those behind are one choice among many."""


class Numbering:
    """Numbers nodes in the order of the walk and notes names."""

    def __init__(self) -> None:
        self.count = 0
        self.reads: list[str] = []
        self.scope = ScopeBuilder()

    def next(self) -> int:
        """The next node number."""
        number = self.count
        self.count = number + 1
        return number

    def load(self, name: str) -> None:
        """Note that the current statement reads a name."""
        self.reads.append(name)
        self.scope.loaded.add(name)

    def take_reads(self) -> tuple[str, ...]:
        """The names read since the last statement."""
        reads = tuple(self.reads)
        self.reads.clear()
        return reads


def whole(value: int) -> int | float:
    """An integer; infinity where no float is as large: rules calculate with it."""
    try:
        float(value)
    except OverflowError:
        return math.inf
    return value
