"""NN203: softmax over a single unit: the output is the constant 1."""

from __future__ import annotations

from nnlint.analysis.events import ActivationCall, LossCall
from nnlint.analysis.repair import Repair, Word
from nnlint.analysis.values import NONE, Constant, Tensor
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_CONSTANTS = {"softmax": "1", "log_softmax": "0"}


@rule("NN203", "single-unit-softmax", fix="unsafe")
def check(event: ActivationCall | LossCall) -> Findings:
    """Report a softmax whose axis holds one unit: known to, or taken to by a loss that gets its output."""
    if isinstance(event, LossCall):
        prediction = event.prediction
        if isinstance(prediction, Tensor) and prediction.units == 1 and prediction.axis == "last":
            yield from _constant(prediction, prediction.function, bool(prediction.option))
        return
    operand = event.operand
    if not isinstance(operand, Tensor) or operand.units != 1 or event.guarded:
        return
    if event.layer is not None or _over_units(event, operand):
        yield from _constant(event.output, event.effect.function, event.layer is not None)


def _constant(output: Tensor, function: str, optional: bool) -> Findings:
    if function in _CONSTANTS and output.because:
        yield Finding(
            output.because[0].place,
            f"{function} over a single unit is the constant {_CONSTANTS[function]}: "
            "use sigmoid, or two units",
            repair=_repair(output) if function == "softmax" and optional else None,
        )


def _repair(output: Tensor) -> Repair:
    """Another option for a layer; of what is applied, the axis would have to go as well."""
    return Repair("Apply sigmoid", (Word(output.because[0].place, "softmax", "sigmoid"),))


def _over_units(call: ActivationCall, operand: Tensor) -> bool:
    """Whether the softmax surely runs along the axis of the units.

    Axis 1 of a dense layer's output holds the units of a table, but the steps of a sequence.
    """
    axis = call.axis
    if axis is None or (axis == NONE and call.effect.axis == "axis"):
        return operand.axis == "last"  # "dim" left out is another axis for every number of axes
    at = axis.value if isinstance(axis, Constant) else None
    if operand.axis != "last" or at == -1:
        return at in ((-1,) if operand.axis == "last" else (1, -3))
    rank = operand.shape.rank if operand.shape is not None else None
    return rank is not None and at == rank - 1
