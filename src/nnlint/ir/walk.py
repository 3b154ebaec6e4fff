"""Every node below a node."""

from __future__ import annotations

from collections.abc import Iterator

from nnlint.ir import expressions, nodes

__all__ = ["below", "parts"]

_PLAIN = frozenset(
    {"fields", "generator", "id", "irrefutable", "kind", "metaclass", "name", "names", "op", "ops", "reads"}
)
"""Fields that hold texts, numbers and names, never a node."""


def below(node: tuple[object, ...]) -> list[tuple[object, ...]]:
    """The nodes and blocks that a node or block holds directly, in order."""
    fields = _FIELDS.get(type(node))
    inner = node if fields is None else [node[number] for number in fields]
    return [each for each in inner if each and isinstance(each, tuple)]


def parts(node: tuple[object, ...]) -> Iterator[tuple[object, ...]]:
    """Every node that a node or block holds, however deep, in no particular order; blocks as tuples, too."""
    waiting = below(node)
    while waiting:
        each = waiting.pop()
        yield each
        waiting += below(each)


def _nodes() -> Iterator[type]:
    for module in (expressions, nodes):
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, tuple) and hasattr(each, "_fields"):
                yield each


_FIELDS: dict[type, tuple[int, ...]] = {
    kind: tuple(number for number, field in enumerate(kind._fields) if field not in _PLAIN)  # type: ignore[attr-defined]
    for kind in _nodes()
    if kind not in {expressions.Const, nodes.Names, nodes.Imported}
} | {expressions.Const: (), nodes.Names: (), nodes.Imported: ()}
