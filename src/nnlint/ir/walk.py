"""Every node below a node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nnlint.ir import expressions, nodes

__all__ = ["parts"]

_PLAIN = frozenset(
    {"fields", "generator", "id", "irrefutable", "kind", "metaclass", "name", "names", "op", "ops", "reads"}
)
"""Fields that hold texts, numbers and names, never a node."""


def parts(node: tuple[object, ...], other: Mapping[type, tuple[int, ...]] | None = None) -> Iterator[object]:
    """Every node that a node or block holds, however deep, in no particular order; blocks as tuples, too.

    other: the positions to go down at for some types of nodes.
    """
    below = _FIELDS if other is None else {**_FIELDS, **other}
    waiting: list[object] = list(node)
    while waiting:
        each = waiting.pop()
        yield each
        fields = below.get(type(each))
        if fields is not None:
            for number in fields:
                part = each[number]  # type: ignore[index]
                if part:
                    waiting.append(part)
        elif type(each) is tuple:
            waiting += each


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
