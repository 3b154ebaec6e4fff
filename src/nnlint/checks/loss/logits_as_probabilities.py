"""NN202: a loss that expects probabilities or log-probabilities is given something else."""

from __future__ import annotations

from nnlint.analysis.events import LossCall
from nnlint.analysis.measure_events import WeightedLog
from nnlint.analysis.values import Origin, Tensor
from nnlint.checks.loss.report import at_activation, at_loss
from nnlint.checks.registry import Finding, Findings, rule
from nnlint.knowledge.spec import Scale

__all__ = ["check"]

_WRONG = {
    Scale.PROBABILITIES: {Scale.LOGITS: "raw scores", Scale.LOG_PROBABILITIES: "log-probabilities"},
    Scale.LOG_PROBABILITIES: {Scale.LOGITS: "raw scores", Scale.PROBABILITIES: "probabilities"},
}


@rule("NN202", "logits-as-probabilities")
def check(loss: LossCall | WeightedLog) -> Findings:
    """Report a loss whose logarithm or sum runs over the wrong scale."""
    if isinstance(loss, WeightedLog):
        message = "a cross-entropy by hand takes the logarithm of raw scores: apply softmax or sigmoid first"
        taken = Origin(loss.logarithm, "their logarithm is taken here")
        yield Finding(loss.place, message, (*loss.because, taken))
        return
    prediction = loss.prediction
    if loss.wants is None or not isinstance(prediction, Tensor) or not prediction.because:
        return
    got = _WRONG.get(loss.wants, {}).get(prediction.scale)
    if got is None:
        return
    place = at_loss if prediction.scale is Scale.LOGITS else at_activation
    yield place(loss, prediction, f"{loss.name} expects {loss.wants.value} but gets {got}")
