"""NN508: predictions on the scale of scaled targets are compared with unscaled ones."""

from __future__ import annotations

from nnlint.analysis.data_events import MetricCall
from nnlint.analysis.values import Origin, Provenance, Step
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN508", "predictions-not-unscaled")
def check(call: MetricCall) -> Findings:
    """Report truth and prediction on different scales."""
    prediction, target = call.prediction, call.target
    if prediction.part != "p" or target.part == "p" or not _belong_together(prediction, target):
        return
    of_prediction, of_target = _scalers(prediction.steps), _scalers(target.steps)
    if {step.estimator for step in of_prediction} == {step.estimator for step in of_target}:
        return
    if of_prediction and not of_target:
        step = of_prediction[-1]
        text = f"`{call.name}` compares predictions of targets scaled by {step.name} with unscaled targets"
    elif of_target and not of_prediction:
        step = of_target[-1]
        text = f"`{call.name}` compares unscaled predictions with targets scaled by {step.name}"
    else:
        return
    yield Finding(call.place, text, (Origin(step.place, f"{step.name} scales the targets here"),))


def _belong_together(prediction: Provenance, target: Provenance) -> bool:
    """Whether both come of one table, or were divided by one call."""
    if prediction.split is None or target.split is None:
        return prediction.root == target.root
    return prediction.root == target.root or prediction.split.place == target.split.place


def _scalers(steps: tuple[Step, ...]) -> list[Step]:
    return [step for step in steps if step.kind == "scaler" and step.estimator]
