"""NN508: predictions on the scale of scaled targets are compared with unscaled ones."""

from __future__ import annotations

from nnlint.analysis.data_events import MetricCall, PredictCall
from nnlint.analysis.values import Origin, Provenance, Step
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN508", "predictions-not-unscaled")
def check(call: MetricCall | PredictCall) -> Findings:
    """Report truth and prediction on different scales."""
    if isinstance(call, PredictCall):
        yield from _compared(call)
        return
    prediction, target = call.prediction, call.target
    if prediction.part != "p" or target.part == "p" or not _belong_together(prediction, target):
        return
    of_prediction, of_target = _scalers(prediction.steps), _scalers(target.steps)
    if {_key(step) for step in of_prediction} == {_key(step) for step in of_target}:
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


def _compared(call: PredictCall) -> Findings:
    """The same inside a call that judges: the model answers on the scale of the targets it was fitted to."""
    learnt, target = call.fit.target, call.target
    if learnt is None or target is None or not _belong_together(learnt, target):
        return
    of_learnt, of_target = _scalers(learnt.steps), _scalers(target.steps)
    if of_learnt and not of_target:
        step = of_learnt[-1]
        text = f"`{call.name}` takes unscaled targets, the model was fitted to targets scaled by {step.name}"
    elif of_target and not of_learnt:
        step = of_target[-1]
        text = f"`{call.name}` takes targets scaled by {step.name}, the model was fitted to unscaled ones"
    else:
        return
    fitted = Origin(call.fitted_at, "the model is fitted here")
    yield Finding(call.place, text, (Origin(step.place, f"{step.name} scales the targets here"), fitted))


def _belong_together(prediction: Provenance, target: Provenance) -> bool:
    """Whether both come of one table, or were divided by one call, and what they went through is known."""
    if any(step.kind == "maybe" for step in (*prediction.steps, *target.steps)):
        return False
    if prediction.split is None or target.split is None:
        return prediction.root == target.root
    return prediction.root == target.root or prediction.split.place == target.split.place


def _scalers(steps: tuple[Step, ...]) -> list[Step]:
    return [
        step
        for step in steps
        if step.kind == "log" or (step.kind in {"scaler", "shift"} and (step.estimator or step.of))
    ]


def _key(step: Step) -> object:
    return step.estimator or step.name
