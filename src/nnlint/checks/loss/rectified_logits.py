"""NN205: a rectified output (ReLU) reaches a cross-entropy or softmax: no class can ever score below zero."""

from __future__ import annotations

from nnlint.analysis.events import ActivationCall, LossCall
from nnlint.analysis.repair import Repair
from nnlint.analysis.values import Origin, Tensor
from nnlint.checks.loss.repairs import other_activation, without_activation
from nnlint.checks.loss.report import at_activation
from nnlint.checks.registry import Finding, Findings, rule
from nnlint.knowledge.spec import Scale

__all__ = ["check"]

_SOFTMAX = frozenset({"softmax", "log_softmax"})
_CLASSIFICATION = frozenset({"binary", "multiclass", "multilabel"})


@rule("NN205", "rectified-logits", fix="unsafe")
def check(event: LossCall | ActivationCall) -> Findings:
    """Report ReLU output used as scores."""
    yield from _gated(event) if isinstance(event, ActivationCall) else _scored(event)


def _gated(call: ActivationCall) -> Findings:
    """A softmax over what a layer cut off itself. One number of each row is a weight of attention."""
    operand = call.operand
    if call.effect.function not in _SOFTMAX or not isinstance(operand, Tensor):
        return
    if operand.scale is Scale.RECTIFIED and operand.option and operand.units != 1 and operand.because:
        yield Finding(
            operand.because[0].place,
            f"the scores that this {operand.function} gives are cut off at zero, and then normalised by a "
            f"{call.effect.function}: none can fall behind the others",
            (*operand.because, Origin(call.place, f"{call.effect.function} is applied here")),
        )


def _scored(loss: LossCall) -> Findings:
    prediction = loss.prediction
    if _single_regression(loss):
        assert isinstance(prediction, Tensor)
        yield at_activation(
            loss,
            prediction,
            f"the only output of a regression ({loss.name}) is cut off at zero: "
            "once it is negative for every sample, it learns nothing any more",
        )._replace(severity="info")
        return
    if loss.wants is None or loss.effect.task not in _CLASSIFICATION or not isinstance(prediction, Tensor):
        return
    if prediction.scale is Scale.RECTIFIED and prediction.because:
        yield at_activation(
            loss,
            prediction,
            f"{loss.name} needs {loss.wants.value} but gets {prediction.function} output, cut off at zero",
            _repair(loss, prediction),
        )
    elif prediction.rectified is not None:
        yield Finding(
            prediction.rectified.place,
            f"the scores that {prediction.function} normalises for {loss.name} are cut off at zero",
            (prediction.rectified, *prediction.because, Origin(loss.place, f"{loss.name} is computed here")),
        )


def _single_regression(loss: LossCall) -> bool:
    """Whether one rectified number is fitted to values: a dense layer of one unit, not a map or a code."""
    prediction = loss.prediction
    return (
        loss.effect.task == "regression"
        and isinstance(prediction, Tensor)
        and prediction.scale is Scale.RECTIFIED
        and prediction.function == "relu"
        and prediction.units == 1
        and prediction.axis == "last"
        and bool(prediction.because)
    )


def _repair(loss: LossCall, prediction: Tensor) -> Repair | None:
    if len(prediction.because) > 1:
        return None  # it stands in a function that may make hidden layers, too
    if loss.wants is Scale.LOGITS:
        return without_activation(prediction)
    if loss.wants is Scale.PROBABILITIES and prediction.option:
        return other_activation(prediction, "softmax" if loss.effect.task == "multiclass" else "sigmoid")
    return None
