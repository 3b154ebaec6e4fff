"""NN202: a loss that expects probabilities or log-probabilities is given something else."""

from __future__ import annotations

from nnlint.analysis.events import LossCall
from nnlint.analysis.measure_events import WeightedLog
from nnlint.analysis.repair import Keyword, Rename, Repair
from nnlint.analysis.values import Origin, Tensor
from nnlint.checks.loss.report import at_activation, at_loss
from nnlint.checks.registry import Finding, Findings, rule
from nnlint.knowledge.spec import Scale
from nnlint.knowledge.twins import FOR_SCORES, LOGARITHMS

__all__ = ["check"]

_WRONG = {
    Scale.PROBABILITIES: {Scale.LOGITS: "raw scores", Scale.LOG_PROBABILITIES: "log-probabilities"},
    Scale.LOG_PROBABILITIES: {Scale.LOGITS: "raw scores", Scale.PROBABILITIES: "probabilities"},
}


@rule("NN202", "logits-as-probabilities", fix="unsafe")
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
    message = f"{loss.name} expects {loss.wants.value} but gets {got}"
    yield place(loss, prediction, message, _repair(loss, prediction))


def _repair(loss: LossCall, prediction: Tensor) -> Repair | None:
    """A loss that takes raw scores, or the logarithm of a softmax in place of the softmax itself."""
    made = loss.made or loss.place
    if prediction.scale is Scale.PROBABILITIES and prediction.function == "softmax":
        return Repair("Apply log_softmax", (Rename(prediction.because[0].place, LOGARITHMS, imported=True),))
    if prediction.scale is not Scale.LOGITS:
        return None
    option = loss.effect.from_logits
    if option and loss.made is not None:
        return Repair(f"Pass `{option}=True`", (Keyword(made, option, "True"),))
    if option and prediction.option:
        activation = "softmax" if loss.effect.task == "multiclass" else "sigmoid"
        given = Keyword(prediction.because[0].place, prediction.option, f'"{activation}"', made=True)
        return Repair(f"Apply {activation}", (given,))
    return Repair("Use the loss for raw scores", (Rename(made, FOR_SCORES, imported=True),))
