"""NN201: a loss that applies softmax or sigmoid itself is given probabilities."""

from __future__ import annotations

from nnlint.analysis.events import LossCall
from nnlint.analysis.values import Tensor
from nnlint.checks.loss.report import at_activation
from nnlint.checks.registry import Findings, rule
from nnlint.knowledge.spec import Scale

__all__ = ["check"]


@rule("NN201", "probabilities-as-logits")
def check(loss: LossCall) -> Findings:
    """Report a loss that squashes what has been squashed before."""
    prediction = loss.prediction
    if loss.wants is not Scale.LOGITS or not isinstance(prediction, Tensor):
        return
    if prediction.scale is not Scale.PROBABILITIES or not prediction.because:
        return
    yield at_activation(
        loss,
        prediction,
        f"{loss.name} applies {loss.applies} itself but gets probabilities, "
        f"the output of this {prediction.function}",
    )
