"""A small domain of array shapes: sizes that are known, and how the usual operations change them.

A size is an int, or None where it is not known. Everything here is pure: no state, no reports.
"""

from __future__ import annotations

from math import prod
from typing import NamedTuple, TypeAlias

__all__ = [
    "Shape",
    "Size",
    "broadcast",
    "concatenated",
    "flattened",
    "joined",
    "permuted",
    "reshaped",
    "window",
]

Size: TypeAlias = "int | None"


class Shape(NamedTuple):
    """Sizes of an array.

    dims: the sizes, the last axis last. whole: these are all axes; otherwise more may lead.
    maps: channels-first feature maps as a convolution or pooling gave them, no axis moved since.
    """

    dims: tuple[Size, ...]
    whole: bool = True
    maps: bool = False

    @property
    def last(self) -> Size:
        """The size of the last axis."""
        return self.dims[-1] if self.dims else None

    @property
    def rank(self) -> int | None:
        """The number of axes, where that is known."""
        return len(self.dims) if self.whole else None

    def with_last(self, size: Size) -> Shape:
        """The same axes, the last one of another size."""
        return Shape((*self.dims[:-1], size), self.whole)

    def __str__(self) -> str:
        sizes = ["?" if size is None else str(size) for size in self.dims]
        shown = sizes if self.whole else ["…", *sizes]
        return f"({shown[0]},)" if len(shown) == 1 else f"({', '.join(shown)})"


def joined(one: Shape | None, other: Shape | None) -> Shape | None:
    """What is known where two paths meet."""
    if one is None or other is None or one == other:
        return one if one == other else None
    if len(one.dims) != len(other.dims) or one.whole != other.whole:
        return None
    dims = tuple(a if a == b else None for a, b in zip(one.dims, other.dims, strict=True))
    return Shape(dims, one.whole, one.maps and other.maps)


def window(size: Size, kernel: Size, stride: Size, padding: Size | str, dilation: Size) -> Size:
    """The number of positions of a sliding window along one axis.

    padding: cells added on either side, or "same" (one position per stride) or "valid" (none added).
    """
    if size is None or stride is None or stride <= 0:
        return None
    if padding == "same":
        return -(-size // stride)
    if kernel is None or dilation is None or padding is None:
        return None
    added = 0 if isinstance(padding, str) else padding
    return (size + 2 * added - dilation * (kernel - 1) - 1) // stride + 1


def flattened(shape: Shape, start: int, end: int) -> Shape | None:
    """Axes `start` to `end` made one."""
    if not shape.whole:
        return None
    rank = len(shape.dims)
    first, last = start % rank if rank else 0, end % rank if rank else 0
    if first > last:
        return None
    return Shape((*shape.dims[:first], product(shape.dims[first : last + 1]), *shape.dims[last + 1 :]))


def product(sizes: tuple[Size, ...]) -> Size:
    """The product of sizes, None as soon as one is not known."""
    return None if None in sizes else prod(size for size in sizes if size is not None)


def reshaped(shape: Shape | None, target: tuple[Size, ...]) -> Shape:
    """The shape that a reshape to `target` gives; -1 stands for what is left over."""
    if target.count(-1) != 1:
        return Shape(tuple(None if size == -1 else size for size in target))
    rest = product(tuple(size for size in target if size != -1))
    total = product(shape.dims) if shape is not None and shape.whole else None
    left: Size = None
    if total is not None and rest and total % rest == 0:
        left = total // rest
    return Shape(tuple(left if size == -1 else size for size in target))


def permuted(shape: Shape | None, order: tuple[int, ...]) -> Shape | None:
    """Axes in another order."""
    if (
        shape is None
        or not shape.whole
        or sorted(axis % len(order) for axis in order) != list(range(len(shape.dims)))
    ):
        return None
    return Shape(tuple(shape.dims[axis % len(order)] for axis in order))


def broadcast(one: Shape, other: Shape) -> tuple[Shape | None, tuple[int, int] | None]:
    """The shape of an element-wise operation, and the first pair of sizes that cannot go together."""
    if not (one.whole and other.whole):
        return None, None
    length = max(len(one.dims), len(other.dims))
    left = (*[1] * (length - len(one.dims)), *one.dims)
    right = (*[1] * (length - len(other.dims)), *other.dims)
    dims: list[Size] = []
    for a, b in zip(left, right, strict=True):
        if a is not None and b is not None and a != b and 1 not in (a, b):
            return None, (a, b)
        known = a if b in (1, None) and a not in (1, None) else b if a in (1, None) else a
        dims.append(known if a == b or known not in (1, None) else None)
    return Shape(tuple(dims), True, one.maps and other.maps), None


def concatenated(shapes: list[Shape | None], axis: int) -> Shape | None:
    """Arrays laid end to end along an axis."""
    known = [shape for shape in shapes if shape is not None and shape.whole]
    if len(known) != len(shapes) or not known or len({len(shape.dims) for shape in known}) != 1:
        return None
    rank = len(known[0].dims)
    if not -rank <= axis < rank:
        return None
    columns = list(zip(*(shape.dims for shape in known), strict=True))
    dims = [column[0] if len(set(column)) == 1 else None for column in columns]
    along = columns[axis]
    dims[axis] = None if None in along else sum(size for size in along if size is not None)
    return Shape(tuple(dims), True, all(shape.maps for shape in known))
