"""NN510: a logarithm, root or quotient of something that is surely out of range at times: NaN."""

from __future__ import annotations

from nnlint.analysis.events import ActivationCall
from nnlint.analysis.measure_events import Hazard
from nnlint.analysis.values import Tensor
from nnlint.checks.registry import Finding, Findings, rule
from nnlint.knowledge.spec import Scale

__all__ = ["check"]

_LOGARITHMS = frozenset({"log", "log2", "log10"})
_ROOTS = frozenset({"sqrt", "rsqrt"})
_SOFTPLUS = {"log": "1 + exp", "log1p": "exp"}
_INSTEAD = {"softmax": "softmax, or take the largest score off first", "sigmoid": "sigmoid"}


@rule("NN510", "nan-hazard", severity="warning")
def check(event: ActivationCall | Hazard) -> Findings:
    """Report numbers that leave the range of a function: of raw scores, or of their exponential."""
    if isinstance(event, Hazard):
        message = (
            f"this {event.function} by hand overflows to NaN once a score is above 88: "
            f"use {_INSTEAD[event.function]}"
        )
        yield Finding(event.place, message, event.because)
        return
    if isinstance(event.operand, Tensor) and event.operand.because and not event.exact:
        yield from _of(event, event.effect.function, event.operand)


def _of(call: ActivationCall, function: str, operand: Tensor) -> Findings:
    if operand.function == _SOFTPLUS.get(function) and not operand.shifted:
        message = "log(1 + exp(x)) is infinite once x is above 88: use softplus"
        yield Finding(call.place, message, operand.because)
    elif operand.scale is Scale.LOGITS and function in _LOGARITHMS | _ROOTS and operand.by != "clamp":
        what = "logarithm" if function in _LOGARITHMS else "square root"
        message = f"the {what} of raw scores is NaN wherever a score is negative"
        yield Finding(call.place, message, operand.because)
    elif call.tracked and _is_rectified(operand) and function in _ROOTS:
        message = "the gradient of the square root of a ReLU output is NaN wherever the ReLU gives 0"
        yield Finding(call.place, message, operand.because)


def _is_rectified(operand: Tensor) -> bool:
    return operand.scale is Scale.RECTIFIED and operand.function == "relu"
