"""NN206: the loss does not fit the task: a cross-entropy over one unit, or a squared error on classes."""

from __future__ import annotations

from nnlint.analysis.events import LossCall
from nnlint.analysis.values import Origin, Tensor
from nnlint.checks.registry import Finding, Findings, rule
from nnlint.knowledge.spec import Scale

__all__ = ["check"]

_SQUARED = frozenset({"mean_squared_error", "MeanSquaredError", "MSELoss", "mse_loss"})
_REPORTED = frozenset({"softmax", "log_softmax", "sigmoid"})
"""Single units whose activation is reported already."""


@rule("NN206", "loss-unfit-for-task")
def check(loss: LossCall) -> Findings:
    """Report a loss that has nothing to learn from, or too little."""
    prediction = loss.prediction
    if not isinstance(prediction, Tensor) or not prediction.because:
        return
    problem, more = _problem(loss, prediction)
    if problem:
        yield Finding(loss.place, f"{loss.name} {problem}", (*prediction.because, *more))


def _problem(loss: LossCall, prediction: Tensor) -> tuple[str, tuple[Origin, ...]]:
    task, name = loss.effect.task, loss.origin.rpartition(".")[2]
    single = prediction.units == 1 and prediction.axis == "last"
    if task == "multiclass" and loss.wants is not None and single and prediction.function not in _REPORTED:
        return "compares classes but gets a single unit: use a binary cross-entropy", ()
    if name in _SQUARED and prediction.scale is Scale.PROBABILITIES and prediction.function == "softmax":
        labels = _one_hot(loss)
        if labels is not None and prediction.units != 1:
            return "is flat where class probabilities are most wrong: use a cross-entropy", labels
    return "", ()


def _one_hot(loss: LossCall) -> tuple[Origin, ...] | None:
    """Why the targets are one-hot codes; None when that is not known."""
    target = loss.target
    if isinstance(target, Tensor) and target.function == "one_hot":
        return target.because
    return (Origin(loss.place, "the largest entry of the target is its class"),) if loss.argmaxed else None
