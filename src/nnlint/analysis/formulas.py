"""Activations that a program writes out: ``exp(x) / sum(exp(x))``, ``1 / (1 + exp(-x))``, ``y * log(p)``.

A tensor on the way there keeps its scale unknown and says in `function` how far it has come: "exp",
"sum exp", "1 + exp", "weighted softmax" or "target log". An exponential of raw scores keeps their origins,
unless something bounds it from above (`shifted`).
"""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.values import Constant, Origin, Place, Tensor, Value
from nnlint.knowledge.spec import Scale

__all__ = [
    "MEAN_LOG", "TABLE", "TARGET_LOG", "exponential", "inverted", "normalized", "reduced", "summed",
    "weighted", "with_number",
]  # fmt: skip

TARGET_LOG = "target log"
"""Targets times log-probabilities: the terms of a cross-entropy."""
MEAN_LOG = "mean target log"
"""The same, averaged over the classes."""
TABLE = "a table"
"""Marks, as what made it, a product that has two axes."""
_WEIGHTED = frozenset({"softmax", "sigmoid"})


def exponential(operand: Tensor, place: Place) -> Tensor:
    """``exp(operand)``."""
    raw = operand.scale is Scale.LOGITS and operand.by != "clamp"
    because = (*operand.because[:1], Origin(place, "the exponential is taken here")) if raw else ()
    return Tensor(
        place,
        function="exp",
        because=because,
        made="op",
        data=operand.data,
        units=operand.units,
        axis=operand.axis,
        shifted=not raw,
    )


def summed(operand: Tensor, axis: Value | None, place: Place) -> Tensor:
    """The sum of exponentials along an axis; over axis 0 it runs over the samples of a batch."""
    over_batch = isinstance(axis, Constant) and axis.value == 0
    return Tensor(
        place,
        function="sum exp",
        because=operand.because,
        made="op",
        axis="batch" if over_batch else operand.axis,
        shifted=operand.shifted,
    )


def with_number(op: str, number: float, tensor: Tensor, result: Tensor) -> Tensor:
    """``tensor op number``: only ``exp(x) + 1`` leads on."""
    if tensor.function == "exp" and op == "+" and number == 1:
        return replace(
            result,
            function="1 + exp",
            because=tensor.because,
            units=tensor.units,
            axis=tensor.axis,
            shifted=tensor.shifted,
        )
    return result


def inverted(number: float | None, tensor: Tensor, result: Tensor) -> Tensor:
    """``number / tensor``: one over ``1 + exp(-x)`` is the sigmoid of x."""
    if tensor.function == "1 + exp" and number == 1:
        return _probabilities("sigmoid", tensor, result)
    return result


def normalized(left: Tensor, right: Tensor, result: Tensor) -> Tensor:
    """``exp(x) / right``: a softmax over what was summed, or a sigmoid."""
    if right.function == "sum exp":
        return replace(_probabilities("softmax", left, result), axis=right.axis)
    if right.function == "1 + exp":
        return _probabilities("sigmoid", left, result)
    return result


def _probabilities(function: str, tensor: Tensor, result: Tensor) -> Tensor:
    assert result.place is not None
    because = (Origin(result.place, f"this is a {function} written out"),)
    return replace(
        result,
        scale=Scale.PROBABILITIES,
        function=function,
        because=because,
        units=tensor.units,
        axis=tensor.axis,
    )


def weighted(one: Tensor, other: Value, result: Tensor) -> Tensor:
    """``one * other``: probabilities or their logarithms times a choice of classes."""
    for tensor, factor in ((one, other), (other, one)):
        if not isinstance(tensor, Tensor) or not _may_choose(factor):
            continue
        if tensor.scale is Scale.PROBABILITIES and tensor.function in _WEIGHTED and tensor.because:
            function = f"weighted {tensor.function}"
        elif tensor.scale is Scale.LOG_PROBABILITIES and tensor.because:
            function = TARGET_LOG
        else:
            continue
        by = TABLE if any(_is_table(side) for side in (one, other)) else ""
        return replace(
            result, function=function, because=tensor.because, axis=tensor.axis, shifted=tensor.shifted, by=by
        )
    return result


def _is_table(value: Value) -> bool:
    """Whether it has one row for each sample, and nothing but columns besides."""
    return isinstance(value, Tensor) and value.shape is not None and value.shape.rank == 2


def _may_choose(factor: Value) -> bool:
    """Whether a factor may be labels: it is nothing that a network made."""
    if isinstance(factor, Tensor):
        return factor.scale is Scale.UNKNOWN and factor.made in {"", "data", "op", "variable"}
    return True


def reduced(operand: Tensor, how: str, axes: tuple[int, ...] | None, place: Place) -> Tensor | None:
    """A sum or mean of what `weighted` gave; None where that means nothing known. axes: None for all."""
    if operand.function.startswith("weighted ") and how == "sum" and axes is not None:
        return replace(operand, place=place, units=None, shape=None)
    if operand.function == TARGET_LOG and operand.axis and how == "mean" and axes in ((1,), (-1,)):
        because = (*operand.because[:1], Origin(place, "the mean over the classes is taken here"))
        return Tensor(place, function=MEAN_LOG, because=because, made="op")
    return None
