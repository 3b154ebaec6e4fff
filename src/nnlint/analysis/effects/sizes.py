"""Reading sizes from the arguments of a call."""

from __future__ import annotations

from nnlint.analysis.containers import items_of
from nnlint.analysis.shapes import Shape, Size
from nnlint.analysis.values import UNKNOWN, Constant, List, Tensor, Tuple, Value

__all__ = ["axes_of", "literal_shape", "per_axis", "shape_of", "size_of", "sizes_of"]


def shape_of(value: Value | None) -> Shape | None:
    """The shape of a value, where it is a tensor of known shape."""
    return value.shape if isinstance(value, Tensor) else None


def size_of(value: Value | None) -> Size:
    """A literal size."""
    if isinstance(value, Constant) and isinstance(value.value, int) and not isinstance(value.value, bool):
        return value.value
    return None


def sizes_of(value: Value | None) -> tuple[Size, ...] | None:
    """The sizes of a shape argument: one number or a sequence; None where even their count is not known."""
    if isinstance(value, (Tuple, List)):
        items = value.items if isinstance(value, Tuple) else items_of(value)
        if len(items) == 1 and isinstance(items[0], (Tuple, List)):
            return sizes_of(items[0])
        # One unknown item may be the whole shape: `randn(size)`, `view(shape)`.
        if len(items) == 1 and not isinstance(items[0], Constant):
            return None
        if UNKNOWN in items and isinstance(value, List):
            return None
        return tuple(size_of(item) for item in items)
    size = size_of(value)
    return None if size is None else (size,)


def axes_of(value: Value | None) -> tuple[int, ...] | None:
    """An order of axes, all of them literal."""
    sizes = sizes_of(value)
    if sizes is None or not sizes or None in sizes:
        return None
    return tuple(size for size in sizes if size is not None)


def per_axis(value: Value | None, rank: int) -> tuple[Size, ...]:
    """A size for each of `rank` axes: one number stands for all."""
    sizes = sizes_of(value)
    if sizes is None:
        return (None,) * rank
    if len(sizes) == 1:
        return sizes * rank
    return sizes if len(sizes) == rank else (None,) * rank


def literal_shape(value: Value) -> Shape | None:
    """The shape of nested literal lists of numbers."""
    dims: list[int] = []
    while isinstance(value, (List, Tuple)):
        items = value.items if isinstance(value, Tuple) else items_of(value)
        if not items or UNKNOWN in items:
            return None
        dims.append(len(items))
        value = items[0]
    return (
        Shape(tuple(dims)) if isinstance(value, Constant) and isinstance(value.value, (int, float)) else None
    )
