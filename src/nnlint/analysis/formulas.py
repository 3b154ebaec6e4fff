"""Activations that a program writes out: ``exp(x) / sum(exp(x))`` and ``1 / (1 + exp(-x))``.

A tensor on the way there keeps its scale unknown and says in `function` how far it has come: "exp",
"sum exp" or "1 + exp".
"""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.values import Constant, Origin, Place, Tensor, Value
from nnlint.knowledge.spec import Scale

__all__ = ["exponential", "inverted", "normalized", "summed", "with_number"]


def exponential(operand: Tensor, place: Place) -> Tensor:
    """``exp(operand)``."""
    return Tensor(place, function="exp", made="op", data=operand.data, units=operand.units, axis=operand.axis)


def summed(operand: Tensor, axis: Value | None, place: Place) -> Tensor:
    """The sum of exponentials along an axis; over axis 0 it runs over the samples of a batch."""
    over_batch = isinstance(axis, Constant) and axis.value == 0
    return Tensor(place, function="sum exp", made="op", axis="batch" if over_batch else operand.axis)


def with_number(op: str, number: float, tensor: Tensor, result: Tensor) -> Tensor:
    """``tensor op number``: only ``exp(x) + 1`` leads on."""
    if tensor.function == "exp" and op == "+" and number == 1:
        return replace(result, function="1 + exp", units=tensor.units, axis=tensor.axis)
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
