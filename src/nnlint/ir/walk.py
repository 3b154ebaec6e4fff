"""Every node below a node."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["parts"]


def parts(node: tuple[object, ...]) -> Iterator[object]:
    """Everything that a node or block holds, however deep, in no particular order."""
    waiting: list[object] = list(node)
    while waiting:
        each = waiting.pop()
        yield each
        if isinstance(each, tuple):
            waiting.extend(part for part in each if isinstance(part, tuple))
