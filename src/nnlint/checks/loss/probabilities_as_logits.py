"""NN201: a loss that applies softmax or sigmoid itself is given probabilities."""

from __future__ import annotations

from nnlint.analysis.events import LossCall
from nnlint.analysis.repair import Keyword, Repair
from nnlint.analysis.values import Tensor
from nnlint.checks.loss.repairs import without_activation
from nnlint.checks.loss.report import at_activation
from nnlint.checks.loss.swapped_loss_arguments import exchanged
from nnlint.checks.registry import Findings, rule
from nnlint.knowledge.spec import Scale

__all__ = ["check"]


@rule("NN201", "probabilities-as-logits", fix="safe")
def check(loss: LossCall) -> Findings:
    """Report a loss that squashes what has been squashed before."""
    prediction = loss.target if exchanged(loss) else loss.prediction
    if loss.wants is not Scale.LOGITS or not isinstance(prediction, Tensor):
        return
    if prediction.scale is not Scale.PROBABILITIES or not prediction.because:
        return
    yield at_activation(
        loss,
        prediction,
        f"{loss.name} applies {loss.applies} itself but gets probabilities, "
        f"the output of this {prediction.function}",
        _repair(loss, prediction),
    )


def _repair(loss: LossCall, prediction: Tensor) -> Repair:
    """Where the loss was told to expect scores it is told otherwise; the network stays as it is."""
    place = loss.made or loss.place
    option = loss.effect.from_logits
    if option and place.path == prediction.because[0].place.path:
        return Repair(f"Leave out `{option}`", (Keyword(place, option, None),), safe=True)
    return without_activation(prediction)
