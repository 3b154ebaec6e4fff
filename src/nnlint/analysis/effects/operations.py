"""Operations between layers: those that keep, reduce, detach or make a tensor."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.arithmetic import arithmetic
from nnlint.analysis.containers import BAG, items_of, known_items, make_mapping
from nnlint.analysis.effects.given import Given
from nnlint.analysis.formulas import MEAN_LOG, TABLE, TARGET_LOG, reduced, summed
from nnlint.analysis.join import join_all
from nnlint.analysis.measure_events import Decision, HandWritten
from nnlint.analysis.sampling import fed
from nnlint.analysis.thresholds import counted
from nnlint.analysis.values import (
    NONE,
    UNKNOWN,
    Constant,
    List,
    Mapping,
    Obj,
    Origin,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.knowledge import spec

__all__ = ["bag", "compute", "constant", "detach", "give", "keep", "statistic"]

_PICKING = frozenset(
    {
        "boolean_mask", "chunk", "gather", "gather_nd", "index_select", "masked_select", "narrow", "select",
        "slice", "split", "strided_slice", "take", "take_along_dim", "unbind",
    }
)  # fmt: skip
"""Calls that may take some classes out of a distribution over them."""
_CHOOSING = frozenset({"gather", "max", "take_along_dim"})
"""Calls along the axis of the classes."""
_FRAMEWORKS = ("torch.", "tensorflow.", "keras.")
_OPERATORS = {
    "add": "+", "subtract": "-", "sub": "-", "multiply": "*", "mul": "*", "div": "/", "divide": "/",
    "truediv": "/", "true_divide": "/", "maximum": "", "minimum": "",
}  # fmt: skip
"""Functions and methods that are an operator by name."""
_SAME_SHAPE = frozenset(
    {
        "to", "cpu", "cuda", "float", "half", "double", "contiguous", "clone", "type", "identity", "Identity",
        "cast",
    }
)  # fmt: skip


def keep(given: Given) -> Value:
    """A call that keeps the meaning of its operand."""
    effect = given.entry.does
    assert isinstance(effect, spec.Keep)
    operand = given.operand(effect.operand)
    if effect.makes == "loader":
        given.machine.loaders.add(given.place)
        fed(given)
    if isinstance(operand, (Tuple, List)):
        items = known_items(given.machine, operand)
        given.machine.inputs_of[given.place] = items
        joined = join_all(list(items))
        if not isinstance(joined, Tensor):
            return Unknown(given.place)
        axis = "" if joined.axis == "batch" else joined.axis
        return replace(joined, place=given.place, units=None, axis=axis)
    given.machine.inputs_of[given.place] = (operand,)
    if isinstance(operand, Tensor):
        made = operand.made if operand.made in {"data", "statistic", "variable"} else "op"
        name = given.name.rpartition(".")[2]
        _picked(given, name, operand)
        shape_kept = name in _SAME_SHAPE
        axis = operand.axis if shape_kept or not (operand.axis == "batch" or name in _PICKING) else ""
        units = operand.units if shape_kept else None
        kept = replace(operand, place=given.place, made=made, units=units, axis=axis)
        return _leaf(kept) if effect.makes == "parameter" else kept
    if isinstance(operand, Obj) or _is_number(operand):
        return operand
    return Unknown(given.place)


def _is_number(operand: Value) -> bool:
    """``np.float32(255)`` is 255."""
    return isinstance(operand, Constant) and type(operand.value) in {int, float}


def _leaf(start: Tensor) -> Tensor:
    """A parameter that starts at these numbers: what they mean is only true until training changes it."""
    return replace(
        start, scale=spec.Scale.UNKNOWN, function="", because=(), shifted=False, rectified=None,
        attached=None, measure=None, option="",
    )  # fmt: skip


def _picked(given: Given, name: str, operand: Tensor) -> None:
    """Take the numbers of some classes, along the axis on which they are, out of what a softmax gave."""
    if name in _CHOOSING and operand.axis == "batch":
        axis = given.get("dim") or given.get("axis")
        given.machine.emit(Decision(given.place, name, "picked", operand, None, axis))


def compute(given: Given) -> Value:
    """Arithmetic under a name, as `tf.add` and `x.mul(…)`; or a computation we do not follow."""
    plain = Tensor(given.place, made="op", by=given.name)
    name = given.name.rpartition(".")[2]
    if name not in _OPERATORS or not given.name.startswith(_FRAMEWORKS) or given.open:
        return plain
    left, right = _sides(given)
    if right is None or (isinstance(left, Constant) and isinstance(right, Constant)):
        return plain
    if name in {"maximum", "minimum"}:
        return _bounded(given, left, right) or plain
    result = arithmetic(given.machine, _OPERATORS[name], left, right, given.place)
    if not isinstance(result, Tensor):
        return plain
    return result if result.by else replace(result, by=given.name)


def _sides(given: Given) -> tuple[Value, Value | None]:
    """Both operands; the second is None where a scale or an output is given, too."""
    effect = given.entry.does
    assert isinstance(effect, spec.Compute)
    params = [param for param in given.entry.params if param != effect.operand and param.isidentifier()]
    if not params or any(name not in {effect.operand, params[0], "name", "self"} for name in given.values):
        return given.operand(effect.operand), None
    return given.operand(effect.operand), given.values.get(params[0])


def _bounded(given: Given, left: Value, right: Value) -> Value | None:
    """The larger of a tensor and a number keeps away from zero if the number does."""
    tensor, number = (right, left) if isinstance(left, Constant) else (left, right)
    if isinstance(tensor, Tensor) and isinstance(number, Constant) and number.value:
        return replace(tensor, place=given.place, shifted=True, made="op", measure=None)
    return None


def statistic(given: Given) -> Value:
    """A reduction: of a loss it is that loss, of data a statistic of these data."""
    effect = given.entry.does
    assert isinstance(effect, spec.Statistic)
    operand = given.operand(effect.operand)
    if not isinstance(operand, Tensor):
        return Tensor(given.place, made="op")
    if effect.function == "mean":
        counted(given.machine, operand, given.place)
    _picked(given, effect.function, operand)
    if operand.measure is not None and effect.function in {"mean", "sum"}:
        reduced = operand.measure._replace(unreduced=None)
        return replace(operand, place=given.place, units=None, measure=reduced)
    if operand.function == "exp" and effect.function == "sum":
        return summed(operand, given.get(effect.axis) if effect.axis else None, given.place)
    if operand.function in {TARGET_LOG, MEAN_LOG} or operand.function.startswith("weighted "):
        known = _reduced(given, operand, effect)
        if known is not None:
            return known
    if operand.data is not None:
        return Tensor(given.place, made="statistic", by=effect.function, data=operand.data)
    if operand.attached is False:
        return Tensor(given.place, made="op", because=operand.because, attached=False)
    return Tensor(given.place, made="op")


def _reduced(given: Given, operand: Tensor, effect: spec.Statistic) -> Value | None:
    """A reduction of a cross-entropy that is written out."""
    axes = _axes(given, effect)
    if axes is _UNKNOWN_AXES:
        return None
    if operand.function == TARGET_LOG and effect.function == "sum" and axes == (0,) and operand.by == TABLE:
        given.machine.emit(HandWritten(given.place, "batch", operand.because))
    if operand.function == MEAN_LOG and effect.function == "sum" and axes in (None, (0,)):
        given.machine.emit(HandWritten(given.place, "swapped", operand.because))
    if axes == (1,) and operand.by != TABLE and operand.function == TARGET_LOG:
        return None  # the classes need not be there
    return reduced(operand, effect.function, axes, given.place)


_UNKNOWN_AXES = (99,)


def _axes(given: Given, effect: spec.Statistic) -> tuple[int, ...] | None:
    """The axes a reduction runs over; None for all."""
    axis = given.get(effect.axis) if effect.axis else given.values.get("dim")
    axis = given.values.get("reduction_indices", axis)
    if axis is None or axis == NONE:
        return None if not given.open else _UNKNOWN_AXES
    items = known_items(given.machine, axis) if isinstance(axis, (Tuple, List)) else (axis,)
    numbers = tuple(item.value for item in items if isinstance(item, Constant) and type(item.value) is int)
    return numbers if len(numbers) == len(items) else _UNKNOWN_AXES


def constant(given: Given) -> Value:
    """A tensor made from nothing, or a variable."""
    effect = given.entry.does
    assert isinstance(effect, spec.Constant)
    if effect.size and given.get(effect.size) in (None, NONE):
        return Unknown(given.place)  # whatever the items are
    shape = given.values.get("shape")
    initial = given.values.get("initial_value")
    units = initial.units if isinstance(initial, Tensor) and initial.made == "variable" else None
    sizes = shape.items if isinstance(shape, Tuple) else items_of(shape) if isinstance(shape, List) else ()
    last = sizes[-1] if len(sizes) > 1 else None
    if isinstance(last, Constant) and isinstance(last.value, int):
        units = last.value
    return Tensor(given.place, made="variable", by=given.name, units=units)


def bag(given: Given) -> Value:
    """An object whose attributes are the arguments, and what dicts among them hold."""
    effect = given.entry.does
    assert isinstance(effect, spec.Bag)
    return _bag(given.args.positional, given.args.keywords, given.open or effect.open)


def _bag(positional: tuple[Value, ...], keywords: dict[str, Value], is_open: bool) -> Mapping:
    pairs: list[tuple[Value | None, Value]] = [
        (None, value) if isinstance(value, Mapping) else (UNKNOWN, UNKNOWN) for value in positional
    ]
    made = make_mapping([*pairs, *((Constant(name), value) for name, value in keywords.items())])
    for key, value in list(made.attrs.items()):
        if isinstance(value, Mapping):
            made.attrs[key] = _bag((value,), {}, False)
    made.attrs[BAG] = Constant(True)
    if is_open:
        made.attrs["open"] = Constant(True)
    return made


def give(given: Given) -> Value:
    """The result of something taught, of which the scale is known."""
    effect = given.entry.does
    assert isinstance(effect, spec.Give)
    name = given.name.rpartition(".")[2]
    because = (Origin(given.place, f"{name} gives {effect.scale.value}, as the configuration says"),)
    given.machine.inputs_of[given.place] = given.args.positional
    return Tensor(given.place, effect.scale, name, because, "layer", name)


def detach(given: Given) -> Value:
    """The same numbers without their history."""
    effect = given.entry.does
    assert isinstance(effect, spec.Detach)
    operand = given.operand(effect.operand)
    if isinstance(operand, Tensor):
        measure = operand.measure
        if measure is not None and measure.pure and measure.cut is None:
            measure = measure._replace(cut=Origin(given.place, f"{measure.name} is cut off the graph here"))
        return replace(operand, place=given.place, attached=False, made="op", measure=measure)
    return Unknown(given.place)
