"""NN502: statistics of all data, the future test split included, went into data that are split afterwards."""

from __future__ import annotations

from nnlint.analysis.data_events import PredictCall, SplitCall
from nnlint.analysis.provenance import HELD_OUT, LEARNING, disjoint, role_of, seen_by
from nnlint.analysis.values import Origin, Provenance, Step, Tensor
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN502", "fit-before-split")
def check(event: SplitCall | PredictCall) -> Findings:
    """Report every transformer that saw both the data to fit on and the data to judge by."""
    if isinstance(event, PredictCall):
        yield from _in_use(event)
        return
    seen: set[object] = set()
    shifted: set[object] = set()
    for array in event.arrays:
        data = array.data if isinstance(array, Tensor) else None
        if data is None or data.role in HELD_OUT | {"train"} or data.part in {"y", "p"}:
            continue
        for step in data.steps:
            if step.place not in seen and _leaks(step) and seen_by(step, data):
                # Shift and scale by hand, in one formula, are one mistake.
                if not step.estimator and step.kind == "scaler" and (step.root, step.rows) in shifted:
                    continue
                if step.kind == "shift":
                    shifted.add((step.root, step.rows))
                seen.add(step.place)
                yield _finding(step, _by(event), Origin(event.place, "the data are split here"))


def _by(event: SplitCall) -> str:
    return f"`{event.name}`" if event.name.isidentifier() else event.name


def _in_use(call: PredictCall) -> Findings:
    """Data divided by hand: what was fitted on one part and is used on the other."""
    if not disjoint(call.fitted, call.data) or role_of(call.data) == "train":
        return
    for step in call.data.steps:
        if step not in call.fitted.steps or not _leaks(step):
            continue
        if seen_by(step, call.data) and seen_by(step, call.fitted) and not _nested(step, call.data):
            yield _finding(
                step, f"`{call.name}`", Origin(call.place, "data held out from the fit are used here")
            )


def _nested(step: Step, data: Provenance) -> bool:
    """What learnt from a training split may be divided again to validate."""
    return step.fitted == "train" and data.role == "validation"


def _leaks(step: Step) -> bool:
    return step.kind in LEARNING and not step.stateless and not step.labels


def _finding(step: Step, name: str, where: Origin) -> Finding:
    what = f"{step.name} is fitted on" if step.estimator else f"{step.name} is computed over"
    return Finding(
        step.place,
        f"{what} all rows, those held out from training by {name} included: learn it from the training split",
        (where,),
    )
