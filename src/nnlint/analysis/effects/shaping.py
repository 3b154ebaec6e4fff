"""The shape of what a known call gives, and the sizes that contradict each other on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nnlint.analysis.axes_mixed import note_recurrent, note_view
from nnlint.analysis.containers import items_of
from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.layer_shapes import layer_shape
from nnlint.analysis.effects.sizes import axes_of, literal_shape, shape_of, size_of, sizes_of
from nnlint.analysis.feeding import runs_version_one
from nnlint.analysis.machine import Machine
from nnlint.analysis.shape_clashes import clash, reshape_clash
from nnlint.analysis.shapes import Shape, Size, broadcast, concatenated, flattened, permuted, reshaped
from nnlint.analysis.sizes_read import note_size
from nnlint.analysis.values import Built, Constant, List, Place, Tensor, Tuple, Unknown, Value
from nnlint.ir import nodes as ir
from nnlint.knowledge import spec

__all__ = ["shaped", "shaped_arithmetic"]

_SAME = frozenset(
    {
        "to", "cpu", "cuda", "float", "half", "double", "bfloat16", "contiguous", "clone", "type", "identity",
        "Identity", "cast", "detach", "data", "Variable", "convert_to_tensor", "stop_gradient", "type_as",
        "requires_grad_", "asarray", "array", "from_numpy", "as_tensor", "tensor", "Parameter", "bias_add",
        "img_to_array", "roll", "flip", "astype", "constant", "long", "int", "masked_fill", "clamp",
        "read_value", "value",
    }
)  # fmt: skip
_MADE = frozenset(
    {"zeros", "ones", "randn", "rand", "empty", "full", "placeholder", "truncated_normal", "normal",
     "uniform", "get_variable", "random_normal", "random_uniform", "truncated", "Input", "randint"}
)  # fmt: skip


def shaped(given: Given, value: Value) -> Value:
    """The value of a call with its shape, as far as that is known."""
    does = given.entry.does
    if isinstance(does, spec.Layer):
        return _with_layer_shape(given, does, value)
    if not isinstance(value, Tensor):
        if isinstance(does, spec.Keep):
            _moved(given, given.operand(does.operand) if does.operand else value)
        return value
    shape: Shape | None = None
    if isinstance(does, (spec.Keep, spec.Compute, spec.Detach)):
        shape = _moved(given, given.operand(does.operand) if does.operand else value)
        if value.function == "one_hot" and shape is not None and shape.rank == 1:
            value = replace(value, function="", because=())  # zeros and ones in a row: classes of their own
    elif isinstance(does, spec.Activation):
        shape = _activated(given, does)
    elif isinstance(does, spec.Constant):
        shape = _constant(given)
    elif isinstance(does, spec.Load):
        shape = _loaded(given)
    return value if value.shape == shape else replace(value, shape=shape)


def _activated(given: Given, does: spec.Activation) -> Shape | None:
    """An activation keeps the shape, but for those that gate one half with the other, or give two of it."""
    shape = shape_of(given.operand(does.operand))
    if shape is None or does.function == "one_hot":
        return None
    if does.function not in {"glu", "crelu"}:
        return shape
    name = does.axis or "axis"
    built = given.receiver.args.get(name) if isinstance(given.receiver, Built) else given.values.get(name)
    axis = built or Constant(-1)
    if not isinstance(axis, Constant) or type(axis.value) is not int or given.open:
        return None
    if not -len(shape.dims) <= axis.value < (len(shape.dims) if shape.whole else 0):
        return None
    dims = list(shape.dims)
    size = dims[axis.value]
    dims[axis.value] = None if size is None else size // 2 if does.function == "glu" else size * 2
    return Shape(tuple(dims), shape.whole, shape.maps)


def _with_layer_shape(given: Given, does: spec.Layer, value: Value) -> Value:
    first = value.items[0] if isinstance(value, Tuple) and value.items else value
    if not isinstance(first, Tensor):
        return value
    if given.name.rpartition(".")[2] == "matmul":
        shape = _matmul(given, given.get(given.entry.params[0]), given.get(given.entry.params[1]))
    else:
        shape = layer_shape(given, does)
    result = replace(first, shape=shape)
    if does.kind == "recurrent":
        note_recurrent(given, result)
    return Tuple((result, *value.items[1:])) if isinstance(value, Tuple) else result


def _moved(given: Given, operand: Value) -> Shape | None:
    """What an operation that keeps or computes values does to their shape."""
    name = given.name.rpartition(".")[2]
    if name in _SAME:
        _note_same(given, operand)
        shape = shape_of(operand)
        return literal_shape(operand) if shape is None else shape
    handler = _HANDLERS.get(name)
    return handler(given, operand) if handler is not None else None


def _note_same(given: Given, operand: Value) -> None:
    """An array goes on under another name."""
    if isinstance(operand, (Tensor, Unknown)) and operand.place is not None:
        same = given.machine.wiring.same_as
        same[given.place] = same.get(operand.place, operand.place)


def _argument(given: Given, *names: str) -> Value | None:
    for name in names:
        # A keyword named like a collecting parameter (`randn(size=…)`) is what counts.
        found = given.args.keywords.get(name) or given.get(name)
        if found is not None:
            return found
    return None


def _reshape(given: Given, operand: Value) -> Shape | None:
    if given.open or given.name.startswith("numpy."):
        return None
    target = sizes_of(_argument(given, "shape", "size", "newshape"))
    if target is None or not target:
        return None
    before = shape_of(operand)
    note_view(given, operand, before, _argument(given, "shape", "size", "newshape"), target)
    reshape_clash(given, operand, before, target)
    return reshaped(before, target)


def _permute(given: Given, operand: Value) -> Shape | None:
    order = axes_of(_argument(given, "dims", "perm", "axes"))
    return permuted(shape_of(operand), order) if order else None


def _transpose(given: Given, operand: Value) -> Shape | None:
    if "perm" in given.entry.params or "axes" in given.entry.params:
        return _permute(given, operand)
    shape, one, other = (
        shape_of(operand),
        size_of(_argument(given, "dim0")),
        size_of(_argument(given, "dim1")),
    )
    if shape is None or not shape.whole or one is None or other is None:
        return None
    order = list(range(len(shape.dims)))
    if max(one, other) >= len(order) or min(one, other) < -len(order):
        return None
    order[one], order[other] = order[other], order[one]
    return permuted(shape, tuple(order))


def _flatten(given: Given, operand: Value) -> Shape | None:
    shape = shape_of(operand)
    if shape is None or given.open or given.name.startswith("numpy."):
        return None
    start, end = _argument(given, "start_dim"), _argument(given, "end_dim")
    first = 0 if start is None else size_of(start)
    last = -1 if end is None else size_of(end)
    return None if first is None or last is None else flattened(shape, first, last)


def _unsqueeze(given: Given, operand: Value) -> Shape | None:
    shape, axis = shape_of(operand), size_of(_argument(given, "dim", "axis"))
    if shape is None or not shape.whole or axis is None:
        return None
    place = axis if axis >= 0 else len(shape.dims) + 1 + axis
    return Shape((*shape.dims[:place], 1, *shape.dims[place:]))


def _squeeze(given: Given, operand: Value) -> Shape | None:
    shape, axis = shape_of(operand), size_of(_argument(given, "dim", "axis"))
    if shape is None or not shape.whole or axis is None or not -len(shape.dims) <= axis < len(shape.dims):
        return None
    dims = list(shape.dims)
    if dims[axis] is None:
        return None
    if dims[axis] == 1:
        del dims[axis]
    return Shape(tuple(dims))


def _concat(given: Given, operand: Value) -> Shape | None:
    if not isinstance(operand, (Tuple, List)):
        return None
    items = operand.items if isinstance(operand, Tuple) else items_of(operand)
    given_axis = _argument(given, "dim", "axis")
    axis = 0 if given_axis is None else size_of(given_axis)
    return None if axis is None else concatenated([shape_of(item) for item in items], axis)


def _product(given: Given, operand: Value) -> Shape | None:
    return _matmul(given, operand, _argument(given, "other", "mat2", "x2"))


def _matmul(given: Given, left: Value | None, right: Value | None) -> Shape | None:
    flags = ("transpose_a", "transpose_b", "adjoint_a", "adjoint_b", "a_is_sparse", "b_is_sparse")
    if any(given.values.get(flag, Constant(False)) != Constant(False) for flag in flags):
        return None
    if given.name == "tensorflow.matmul":
        if _of_unlike_ranks(given, left, right):
            return None
        for value in (left, right):
            shape = shape_of(value)
            if shape is not None and shape.rank == 1:
                clash(
                    given.machine,
                    given.place,
                    "rank",
                    f"`matmul` takes matrices and gets shape {shape}",
                    value,
                )
                return None
    return product_shape(given.machine, left, right, given.place)


def _of_unlike_ranks(given: Given, left: Value | None, right: Value | None) -> bool:
    """TensorFlow 1 multiplies stacks of matrices with stacks of as many axes only."""
    one, other = shape_of(left), shape_of(right)
    if one is None or other is None or not (one.whole and other.whole):
        return False
    if len(one.dims) == len(other.dims) or min(len(one.dims), len(other.dims)) < 2:
        return False
    if not runs_version_one(given.machine):
        return False
    text = f"`matmul` of shapes {one} and {other}: both must have the same number of axes"
    clash(given.machine, given.place, "rank", text, left, right)
    return True


def product_shape(machine: Machine, left: Value | None, right: Value | None, place: Place) -> Shape | None:
    """The shape of a matrix product."""
    one, other = shape_of(left), shape_of(right)
    if one is None or other is None or not other.whole or len(other.dims) < 2 or len(one.dims) < 1:
        return None
    rows = other.dims[-2]
    if one.last is not None and rows is not None and one.last != rows:
        text = f"a matrix product of shapes {one} and {other}: {one.last} columns meet {rows} rows"
        clash(machine, place, "matmul", text, left, right)
        return None
    if not one.whole or len(one.dims) == 1 or len(other.dims) > 2:
        return Shape((other.last,), False)
    return one.with_last(other.last)


def _constant(given: Given) -> Shape | None:
    """The shape of fresh arrays."""
    name = given.name.rpartition(".")[2]
    if name == "Variable":
        return shape_of(given.get("initial_value"))
    if name == "size":
        note_size(given.machine, given.receiver, given.get("dim"), given.place)
        return None
    if given.open:
        return None
    if given.name.startswith("random."):
        return Shape(())  # one of Python's own random numbers
    if given.name.startswith("numpy."):
        return _drawn(given, name)
    if name in {"constant", "tensor", "array"} and "shape" not in given.values:
        found = given.get(given.entry.params[0])
        return literal_shape(found) if found is not None else None
    asked = _argument(given, "shape", "size") if name in _MADE or "shape" in given.values else None
    if isinstance(asked, Tuple):
        given.machine.wiring.made_sizes[given.place] = asked.items
    sizes = _written(given, asked) or sizes_of(asked)
    if sizes is None or (isinstance(asked, Constant) and name == "placeholder"):
        return None
    return Shape(tuple(None if size == -1 else size for size in sizes))


def _written(given: Given, asked: Value | None) -> tuple[Size, ...] | None:
    """The size of a shape that is written out as a list of one item: the item is no shape itself."""
    exprs = [*given.node.args, *(expr for _, expr in given.node.keywords)]
    single = any(
        isinstance(expr, ir.Sequence) and len(expr.items) == 1 and not isinstance(expr.items[0], ir.Star)
        for expr in exprs
    )
    if not single or not isinstance(asked, (List, Tuple)):
        return None
    items = asked.items if isinstance(asked, Tuple) else items_of(asked)
    return (size_of(items[0]),) if len(items) == 1 and not isinstance(items[0], (List, Tuple)) else None


def _loaded(given: Given) -> Shape | None:
    """An image that is scaled to a size as it is read."""
    if given.name.rpartition(".")[2] != "load_img":
        return None
    sizes = sizes_of(given.get("target_size"))
    mode = given.get("color_mode")
    plain = mode is None or mode == Constant("rgb")
    return Shape((*sizes, 3)) if sizes is not None and len(sizes) == 2 and plain else None


def _drawn(given: Given, name: str) -> Shape | None:
    """The shape of a new NumPy array: each size for itself, or all of them in one argument."""
    positional = given.args.positional
    if name in {"randn", "rand"}:
        return Shape(tuple(map(size_of, positional)))
    position = {"zeros": 0, "ones": 0, "empty": 0, "full": 0, "random": 0, "random_sample": 0}.get(name, 2)
    asked = given.args.keywords.get("size", given.args.keywords.get("shape"))
    if asked is None and len(positional) > position:
        asked = positional[position]
    if asked is None or name not in _SIZED:
        return None
    sizes = sizes_of(asked)
    return None if sizes is None else Shape(sizes)


_SIZED = frozenset(
    {"zeros", "ones", "empty", "full", "random", "random_sample", "normal", "uniform", "randint", "integers"}
)


def shaped_arithmetic(
    machine: Machine, op: str, left: Value, right: Value, value: Value, place: Place
) -> Value:
    """The result of an operator with its shape."""
    if not isinstance(value, Tensor):
        return value
    one, other = shape_of(left), shape_of(right)
    if op == "@":
        shape = product_shape(machine, left, right, place)
    elif isinstance(right, Constant) or isinstance(left, Constant):
        shape = one or other
    elif one is None or other is None:
        shape = None
    else:
        shape, wrong = broadcast(one, other)
        if wrong is not None:
            text = f"`{op}` of shapes {one} and {other}: {wrong[0]} and {wrong[1]} do not go together"
            clash(machine, place, "broadcast", text, left, right)
        elif op == "-":
            _column_minus_row(machine, left, right, one, other, place)
    return value if value.shape == shape else replace(value, shape=shape)


def _column_minus_row(
    machine: Machine, left: Value, right: Value, one: Shape, other: Shape, place: Place
) -> None:
    """Targets of shape (n,) against outputs of shape (n, 1): the difference is an n by n matrix."""
    flat, column = (one, other) if len(one.dims) == 1 else (other, one)
    made = right if column is other else left
    if (
        len(flat.dims) != 1
        or len(column.dims) != 2
        or column.last != 1
        or 1 in (flat.dims[0], column.dims[0])
    ):
        return
    if flat.dims[0] != column.dims[0] or not (flat.whole and column.whole):
        return
    if isinstance(made, Tensor) and made.made in {"layer", "activation", "network", "op"}:
        text = f"`-` of shapes {one} and {other} pairs every row with every row: the result is a matrix"
        clash(machine, place, "broadcast", text, left, right)


_HANDLERS: dict[str, Callable[[Given, Value], Shape | None]] = {
    "view": _reshape, "reshape": _reshape, "permute": _permute, "transpose": _transpose,
    "swapaxes": _transpose, "flatten": _flatten, "unsqueeze": _unsqueeze, "expand_dims": _unsqueeze,
    "squeeze": _squeeze, "cat": _concat, "concat": _concat, "concatenate": _concat,
    "mm": _product, "matmul": _product,
}  # fmt: skip
