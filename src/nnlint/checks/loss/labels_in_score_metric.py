"""NN218: hard class decisions go to a metric that ranks scores."""

from __future__ import annotations

from nnlint.analysis.measure_events import Judgement
from nnlint.analysis.values import Tensor
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_RANKING = frozenset(
    {"roc_auc_score", "average_precision_score", "log_loss", "roc_curve", "precision_recall_curve",
     "det_curve", "brier_score_loss"}
)  # fmt: skip


@rule("NN218", "labels-in-score-metric")
def check(call: Judgement) -> Findings:
    """Report a curve or ranking that is made from nothing but zeros and ones."""
    prediction = call.prediction
    if call.name not in _RANKING or not isinstance(prediction, Tensor):
        return
    if prediction.function == "class ids" and prediction.because:
        yield Finding(
            call.place,
            f"{call.name} ranks scores but gets hard classes: give it probabilities or decision values",
            prediction.because,
        )
