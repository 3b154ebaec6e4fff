"""NN211: softmax of a softmax, sigmoid of a sigmoid, or a log_softmax that the loss repeats."""

from __future__ import annotations

from nnlint.analysis.events import ActivationCall, LossCall
from nnlint.analysis.repair import Repair, Unwrap
from nnlint.analysis.values import Origin, Tensor
from nnlint.checks.loss.repairs import without_activation
from nnlint.checks.registry import Finding, Findings, rule
from nnlint.knowledge.spec import Scale

__all__ = ["check"]

_SOFTMAX = frozenset({"softmax", "log_softmax"})
_SIGMOID = frozenset({"sigmoid", "log_sigmoid"})


@rule("NN211", "repeated-activation", fix="unsafe")
def check(event: ActivationCall | LossCall) -> Findings:
    """Report an activation applied to its own output."""
    yield from _twice(event) if isinstance(event, ActivationCall) else _redundant(event)


def _twice(call: ActivationCall) -> Findings:
    operand, function = call.operand, call.effect.function
    if not isinstance(operand, Tensor) or not operand.because:
        return
    if operand.scale is not Scale.PROBABILITIES:
        return
    for family in (_SOFTMAX, _SIGMOID):
        if function in family and operand.function in family:
            message = f"{function} of what a {operand.function} gave: the probabilities are flattened"
            place = call.output.because[0].place if call.output.because else call.place
            second = Unwrap(place, call.output.option)
            yield Finding(place, message, operand.because, repair=Repair(f"Drop the {function}", (second,)))


def _redundant(loss: LossCall) -> Findings:
    """A log_softmax before a loss that takes one itself changes nothing: the second is the identity."""
    prediction = loss.prediction
    if loss.wants is not Scale.LOGITS or loss.applies != "softmax" or not isinstance(prediction, Tensor):
        return
    if prediction.function == "log_softmax" and prediction.because:
        computed = Origin(loss.place, f"{loss.name} is computed here")
        yield Finding(
            prediction.because[0].place,
            f"this log_softmax is redundant: {loss.name} applies it again",
            (*prediction.because, computed),
            "info",
            without_activation(prediction),
        )
