"""NN203: softmax over a single unit: the output is the constant 1."""

from __future__ import annotations

from nnlint.analysis.events import ActivationCall
from nnlint.analysis.values import Constant, Tensor
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_SOFTMAX = frozenset({"softmax", "log_softmax"})


@rule("NN203", "single-unit-softmax")
def check(call: ActivationCall) -> Findings:
    """Report a softmax whose axis is known to hold one unit."""
    operand = call.operand
    if call.effect.function not in _SOFTMAX or not isinstance(operand, Tensor) or operand.units != 1:
        return
    if call.guarded or (call.layer is None and not _over_units(call, operand)):
        return
    constant = "1" if call.effect.function == "softmax" else "0"
    yield Finding(
        call.place,
        f"{call.effect.function} over a single unit is the constant {constant}: use sigmoid, or two units",
        operand.because,
    )


def _over_units(call: ActivationCall, operand: Tensor) -> bool:
    """Whether the softmax runs along the axis of the units."""
    axis = call.axis
    if axis is None:
        return operand.axis == "last"
    if not isinstance(axis, Constant):
        return False
    return axis.value in ((-1, 1) if operand.axis == "last" else (1, -3))
