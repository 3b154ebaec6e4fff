"""Which names a scope stores, and which of them nested functions read."""

from __future__ import annotations

from nnlint.ir import nodes as ir

__all__ = ["ScopeBuilder"]

_DYNAMIC = frozenset({"locals", "vars", "eval", "exec", "globals"})


class ScopeBuilder:
    """Collects the names of one function or module while its body is lowered."""

    __slots__ = ("captured", "dynamic", "generator", "loaded", "outer", "stored")

    def __init__(self) -> None:
        self.stored: set[str] = set()
        self.loaded: set[str] = set()
        self.captured: set[str] = set()
        self.outer: set[str] = set()
        self.dynamic = False
        self.generator = False

    def finish(self) -> ir.Names:
        """The frozen result."""
        return ir.Names(
            frozenset(self.stored),
            frozenset(self.captured),
            frozenset(self.outer),
            self.dynamic or not self.loaded.isdisjoint(_DYNAMIC),
        )

    def close_into(self, parent: ScopeBuilder) -> None:
        """Tell the enclosing scope what this one reads of it."""
        free = (self.loaded | self.captured) - (self.stored - self.outer)
        parent.captured |= free | self.outer
        parent.dynamic = parent.dynamic or self.dynamic
