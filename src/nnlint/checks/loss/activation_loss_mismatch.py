"""NN204: the output's activation and the loss do not belong together."""

from __future__ import annotations

from nnlint.analysis.events import LossCall
from nnlint.analysis.values import Tensor
from nnlint.checks.loss.repairs import other_activation
from nnlint.checks.loss.report import at_activation
from nnlint.checks.registry import Findings, rule
from nnlint.knowledge.spec import Scale

__all__ = ["check"]

_CLASSIFICATION = frozenset({"binary", "multiclass", "multilabel"})


@rule("NN204", "activation-loss-mismatch", fix="unsafe")
def check(loss: LossCall) -> Findings:
    """Report softmax with binary, sigmoid with categorical, tanh with any cross-entropy."""
    prediction = loss.prediction
    if not isinstance(prediction, Tensor) or not prediction.because or loss.wants is None:
        return
    problem = _problem(loss, prediction)
    if problem:
        unfit = loss.effect.task == "multiclass" and prediction.function == "sigmoid" and prediction.option
        repair = other_activation(prediction, "softmax") if unfit else None
        yield at_activation(loss, prediction, f"{loss.name} {problem}", repair)


def _problem(loss: LossCall, prediction: Tensor) -> str:
    task, function = loss.effect.task, prediction.function
    if loss.wants is Scale.PROBABILITIES and prediction.scale is Scale.PROBABILITIES:
        over_classes = function == "softmax" and prediction.units not in {1, 2} and prediction.axis != ""
        if task in {"binary", "multilabel"} and over_classes:
            return "scores every class on its own but gets a softmax over the classes: use a categorical loss"
        if task == "multiclass" and function == "sigmoid":
            return "compares a distribution over classes but gets sigmoids: use softmax, or a binary loss"
    if loss.wants is not None and task in _CLASSIFICATION and prediction.scale is Scale.BOUNDED:
        return f"needs {loss.wants.value} but gets {function} output between -1 and 1"
    return ""
