"""NN516: class labels are scaled like features."""

from __future__ import annotations

from nnlint.analysis.data_events import FitCall
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN516", "scaled-labels")
def check(event: FitCall) -> Findings:
    """Report a classifier that is given labels that went through a scaler."""
    if event.effect.kind != "classifier" or event.y is None:
        return
    for step in event.y.steps:
        if step.kind == "scaler" and step.estimator and not step.labels:
            yield Finding(
                step.place,
                f"{step.name} scales the labels that {event.name} takes as classes",
                (Origin(event.place, "the labels are used as classes here"),),
            )
            return
