"""NN208: a metric that says nothing about the task: accuracy of a regression, argmax of one column."""

from __future__ import annotations

from nnlint.analysis.measure_events import Decision, Watched
from nnlint.analysis.values import Constant, Origin, Tensor
from nnlint.checks.registry import Finding, Findings, rule
from nnlint.knowledge.spec import Scale

__all__ = ["check"]

_ACCURACY = frozenset({"accuracy", "binary_accuracy", "categorical_accuracy", "Accuracy", "BinaryAccuracy"})
_CONTINUOUS = frozenset(
    {"mean_absolute_error", "mean_absolute_percentage_error", "mean_squared_logarithmic_error", "huber",
     "log_cosh", "poisson", "MeanAbsoluteError", "MeanAbsolutePercentageError",
     "MeanSquaredLogarithmicError", "Huber", "LogCosh", "Poisson"}
)  # fmt: skip
"""Losses that nobody measures classes with; a squared error may (least-squares GANs do)."""
_BINARY = frozenset({"binary_accuracy", "BinaryAccuracy"})


@rule("NN208", "metric-unfit-for-task")
def check(event: Watched | Decision) -> Findings:
    """Report a metric that cannot rise or fall with what is learnt."""
    if isinstance(event, Watched):
        yield from _watched(event)
        yield from _on_raw_scores(event)
    elif event.kind == "counted":
        yield from _counted(event)
    else:
        yield from _one_column(event)


def _watched(event: Watched) -> Findings:
    loss, metric = event.loss, event.canonical.rpartition(".")[2]
    prediction = loss.prediction
    if not isinstance(prediction, Tensor) or not prediction.because:
        return
    continuous = loss.origin.rpartition(".")[2] in _CONTINUOUS and prediction.scale is Scale.LOGITS
    if continuous and metric in _ACCURACY:
        message = f"`{event.metric}` counts equal values and says nothing about a regression ({loss.name})"
        yield Finding(event.place, message, prediction.because)
    if loss.effect.task == "multiclass" and prediction.function == "softmax" and metric in _BINARY:
        message = f"`{event.metric}` judges every class alone beside {loss.name}: use categorical accuracy"
        yield Finding(event.place, message, prediction.because)


def _one_column(decision: Decision) -> Findings:
    axis, operand = decision.axis, decision.operand
    if decision.kind != "argmax" or decision.guarded or operand.units != 1 or operand.axis != "last":
        return
    if isinstance(axis, Constant) and axis.value in (1, -1):
        message = "argmax over a single column is always 0"
        yield Finding(decision.place, message, decision.operand.because)


def _counted(decision: Decision) -> Findings:
    """An accuracy by hand of raw scores that are cut at 0.5."""
    operand, threshold = decision.operand, decision.threshold
    if operand.scale is not Scale.LOGITS or not operand.because or decision.squashed is None:
        return
    if isinstance(threshold, Constant) and threshold.value == 0.5:
        message = "this accuracy counts raw scores above 0.5, not probabilities: their middle is 0"
        squashed = Origin(decision.squashed, "here the scores go through a sigmoid")
        yield Finding(decision.place, message, (*operand.because, squashed))


def _on_raw_scores(event: Watched) -> Findings:
    """Keras compares with 0.5 whatever the loss does to the scores."""
    loss, metric = event.loss, event.canonical.rpartition(".")[2]
    prediction = loss.prediction
    if loss.wants is not Scale.LOGITS or loss.applies != "sigmoid" or "threshold" in event.options:
        return
    if not isinstance(prediction, Tensor) or prediction.scale is not Scale.LOGITS or not prediction.because:
        return
    if metric in _BINARY or (metric == "accuracy" and prediction.units == 1):
        message = f"`{event.metric}` compares raw scores with 0.5, while {loss.name} takes them as logits"
        yield Finding(event.place, message, prediction.because)
