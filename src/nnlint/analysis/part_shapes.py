"""The shape of what an index takes out of an array."""

from __future__ import annotations

from nnlint.analysis.shapes import Shape, Size
from nnlint.analysis.values import NONE, Constant, Value
from nnlint.ir import nodes as ir

__all__ = ["part_shape"]


def part_shape(shape: Shape | None, keys: list[Value], node: ir.Index) -> Shape | None:
    """``array[keys]``: numbers drop an axis, slices keep it, None adds one; None for any other key."""
    if not all(_is_plain(key, item) for key, item in zip(keys, node.items, strict=True)):
        return None
    if shape is None or not shape.whole:
        return _at_least(node)
    taken = sum(key != NONE or isinstance(item, ir.Slice) for key, item in zip(keys, node.items, strict=True))
    if taken > len(shape.dims):
        return None
    left = list(shape.dims)
    dims: list[Size] = []
    for key, item in zip(keys, node.items, strict=True):
        if isinstance(item, ir.Slice):
            dims.append(_sliced(left.pop(0), item))
        elif key == NONE:
            dims.append(1)
        else:
            left.pop(0)
    return Shape((*dims, *left))


def _is_plain(key: Value, item: ir.Expr) -> bool:
    return isinstance(item, ir.Slice) or key == NONE or (isinstance(key, Constant) and type(key.value) is int)


def _at_least(node: ir.Index) -> Shape | None:
    """What is left of an array of unknown shape has one axis for every slice, and may have more."""
    slices = sum(isinstance(item, ir.Slice) for item in node.items)
    return Shape((None,) * slices, False) if slices and len(node.items) > 1 else None


def _sliced(size: Size, node: ir.Slice) -> Size:
    """How much of an axis a slice leaves, where both ends are written."""
    if (node.lower, node.upper, node.step) == (None, None, None):
        return size
    if size is None or node.step is not None:
        return None
    bounds: list[int | None] = []
    for part in (node.lower, node.upper):
        if part is None:
            bounds.append(None)
        elif isinstance(part, ir.Const) and type(part.value) is int:
            bounds.append(part.value)
        else:
            return None
    return len(range(*slice(*bounds).indices(size)))
