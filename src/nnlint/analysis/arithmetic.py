"""What operators do to meanings."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.chains import biased
from nnlint.analysis.formulas import MEAN_LOG, TARGET_LOG, inverted, normalized, weighted, with_number
from nnlint.analysis.machine import Machine
from nnlint.analysis.measure_events import Hazard, WeightedLog
from nnlint.analysis.notes import Formula
from nnlint.analysis.scaling import by_number, by_statistic, changed, data_of, of_pixels, unknown_data
from nnlint.analysis.thresholds import ALL
from nnlint.analysis.values import (
    UNKNOWN,
    Built,
    Constant,
    Measure,
    Origin,
    Place,
    Tensor,
    Unknown,
    Value,
)
from nnlint.knowledge.spec import Scale

__all__ = ["arithmetic", "negated"]

_SMALL = 0.01


def negated(value: Value, place: Place) -> Value:
    """``-value``."""
    if isinstance(value, Constant) and isinstance(value.value, (int, float)):
        return Constant(-value.value)
    if not isinstance(value, Tensor):
        return UNKNOWN
    measure = value.measure
    if measure is not None:
        measure = measure._replace(sign=-measure.sign)
    if value.function in {"log logits", TARGET_LOG, MEAN_LOG}:
        return replace(value, place=value.place)
    scale = Scale.LOGITS if value.scale is Scale.LOGITS else Scale.UNKNOWN
    because = value.because if scale is Scale.LOGITS else ()
    attached = False if value.attached is False else None
    return Tensor(place, scale, because=because, made="op", measure=measure, attached=attached)


def arithmetic(machine: Machine, op: str, left: Value, right: Value, place: Place) -> Value:
    """``left op right`` where at least one side is no constant."""
    machine.inputs_of[place] = (left, right)
    machine.notes.calculated(place, Formula(op, (left, right)))
    biased(machine, op, left, right, place)
    left = unknown_data(left, right, machine.feed.left)
    if isinstance(left, Tensor) and isinstance(right, Constant):
        return _with_number(machine, op, left, right, place)
    if isinstance(right, Tensor) and isinstance(left, Constant):
        return _number_with(machine, op, left, right, place)
    if isinstance(left, Tensor) and isinstance(right, Tensor):
        return _tensors(machine, op, left, right, place)
    if isinstance(left, (Tensor, Built)) and isinstance(right, (Tensor, Built, Unknown)):
        return _one_sided(machine, op, left, right, place)
    if isinstance(right, Tensor):
        return _one_sided(machine, op, right, left, place)
    return of_pixels(op, left, right, place) or Unknown(place)


_LOST = 2**-24
"""What is added to 1 and is less than this is gone: a float of 32 bits is 1 again."""


def _number(value: Constant) -> float | None:
    number = value.value
    return float(number) if isinstance(number, (int, float)) else None


def _with_number(machine: Machine, op: str, tensor: Tensor, constant: Constant, place: Place) -> Value:
    number = _number(constant)
    attached = False if tensor.attached is False else None
    measure = _weighted(tensor, op, number)
    data = by_number(machine, tensor.data, op, number, place)
    result = Tensor(place, made="op", data=data, measure=measure, attached=attached)
    if tensor.made == "statistic":
        return replace(result, made="statistic", by=tensor.by, data=tensor.data)
    if number is None:
        return result
    scale = tensor.scale
    if op == "+" and scale is Scale.PROBABILITIES and 0 < number <= _SMALL:
        return replace(tensor, place=place, shifted=True, data=result.data)
    if op in "+-*/" and scale is Scale.LOGITS and number:
        shifted = tensor.shifted or op == "+"
        return replace(
            result, scale=scale, because=tensor.because, units=tensor.units, axis=tensor.axis, shifted=shifted
        )
    if op == "*" and tensor.made == "variable" and tensor.by.endswith((".ones", ".ones_like")):
        return replace(result, by=f"{ALL}{number}")
    return with_number(op, number, tensor, result) if tensor.function else result


def _number_with(machine: Machine, op: str, constant: Constant, tensor: Tensor, place: Place) -> Value:
    number = _number(constant)
    data = by_number(machine, tensor.data, "" if op == "/" else op, _number(constant), place)
    if op == "-" and number is not None and tensor.scale is Scale.PROBABILITIES:
        lost = 1 < number < 1 + _LOST and tensor.made in {"activation", "layer", "network"}
        reason = (Origin(place, "the epsilon is lost: added to 1 it is below single precision"),)
        if number == 1 or lost:
            because = (*tensor.because, *(reason if lost else ()))
            return replace(tensor, place=place, made="op", data=data, because=because)
    if op in {"+", "*"}:
        return _with_number(machine, op, tensor, constant, place)
    measure = tensor.measure
    if measure is not None and op == "-":
        measure = measure._replace(sign=-measure.sign, pure=False)
    result = Tensor(place, made="op", data=data, measure=measure if op == "-" else None)
    return inverted(number, tensor, result) if op == "/" and tensor.function else result


def _weighted(tensor: Tensor, op: str, number: float | None) -> Measure | None:
    """A loss times or over a number is that loss; plus a number too."""
    measure = tensor.measure
    if measure is None:
        return None
    if op in {"*", "/"} and number is not None and number != 0:
        return measure._replace(sign=measure.sign if number > 0 else -measure.sign)
    return measure if op in {"+", "-"} else None


def _tensors(machine: Machine, op: str, left: Tensor, right: Tensor, place: Place) -> Value:
    scaled = by_statistic(machine, op, left, right, place)
    if scaled is not None:
        return scaled
    data = data_of(machine, op, left, right, place)
    measure = _summed(left.measure, right.measure, op)
    cut = left.attached is False and right.attached is False
    result = Tensor(place, made="op", data=data, measure=measure, attached=False if cut else None)
    if op == "*" and "log logits" in (left.function, right.function):
        return _weighted_log(machine, left, right, result)
    if op == "/" and left.function == "exp":
        _overflowing(machine, right, place)
        return normalized(left, right, result)
    if op == "*":
        return weighted(left, right, result)
    # Adding a bias to scores leaves scores.
    if op == "+" and left.scale is Scale.LOGITS and right.made == "variable":
        units = _units_with(left, right)
        return replace(result, scale=left.scale, because=left.because, units=units, axis=left.axis)
    return result


def _units_with(scores: Tensor, bias: Value) -> int | None:
    """The units of scores plus a bias: a single one is repeated for every element of the bias."""
    if scores.units != 1:
        return scores.units
    shape = bias.shape if isinstance(bias, Tensor) else None
    return 1 if shape is not None and shape.whole and all(size == 1 for size in shape.dims[-1:]) else None


def _overflowing(machine: Machine, right: Tensor, place: Place) -> None:
    """``exp(x) / sum(exp(x))`` of raw scores, with neither their maximum taken off nor a clip."""
    function = {"sum exp": "softmax", "1 + exp": "sigmoid"}.get(right.function)
    if function is not None and right.because and not right.shifted:
        machine.emit(Hazard(place, function, right.because))


def _weighted_log(machine: Machine, left: Tensor, right: Tensor, result: Tensor) -> Tensor:
    """A logarithm of raw scores times something: one term of a cross-entropy."""
    log = left if left.function == "log logits" else right
    if log.place is not None:
        machine.emit(WeightedLog(_handed_over(machine, log), log.place, log.because))
    return result


def _handed_over(machine: Machine, log: Tensor) -> Place:
    """Where raw scores were given to a function that expects probabilities; else the logarithm itself."""
    assert log.place is not None
    function, path = machine.frame.function, machine.path
    call = path.inside("call") if path is not None else None
    if function is None or call is None or call.place.node == function.node.id:
        return log.place
    for param in function.node.params:
        value = machine.frame.attrs.get(param.name)
        if isinstance(value, Tensor) and value.because == log.because:
            return call.place
    return log.place


def _summed(one: Measure | None, other: Measure | None, op: str) -> Measure | None:
    if op not in {"+", "-"} or (one is None and other is None):
        return None
    if one is None or other is None:
        known = one or other
        assert known is not None
        known = known if op == "+" else known._replace(cut=None)
        flipped = op == "-" and one is None
        return known._replace(sign=-known.sign if flipped else known.sign, pure=False)
    sign = other.sign if op == "+" else -other.sign
    cut = one.cut or other.cut if op == "+" else None
    unreduced = one.unreduced or other.unreduced
    return one._replace(
        sign=one.sign if one.sign == sign else 0,
        pure=False,
        score=one.score and other.score,
        cut=cut,
        unreduced=unreduced,
    )


def _one_sided(machine: Machine, op: str, tensor: Value, other: Value, place: Place) -> Value:
    """A tensor with something unknown: only what surely survives is kept."""
    if isinstance(other, Tensor) and not isinstance(tensor, Tensor):
        tensor, other = other, tensor
    if not isinstance(tensor, Tensor):
        return Unknown(place)
    measure = tensor.measure
    if measure is not None:
        measure = measure._replace(pure=False, sign=measure.sign if op in "+-" else 0)
    data = None if tensor.data is None or tensor.data.part == "p" else changed(tensor.data)
    result = Tensor(place, made="op", data=data, measure=measure)
    if op == "*" and tensor.function == "log logits":
        return _weighted_log(machine, tensor, tensor, result)
    if op == "*":
        return weighted(tensor, other, result)
    if op == "+" and tensor.scale is Scale.LOGITS and isinstance(other, Built):
        units = _units_with(tensor, other)
        return replace(result, scale=tensor.scale, because=tensor.because, units=units, axis=tensor.axis)
    return result
