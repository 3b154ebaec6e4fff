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
        yield from _target_in_use(event)
        return
    yield from _adapted(event)
    yield from _encoded(event)
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


def _adapted(event: SplitCall) -> Findings:
    """Layers that learnt from what is divided."""
    for fit in event.adapted:
        seen = fit.data
        if seen is None or seen.root is None or fit.effect.kind not in LEARNING:
            continue
        for array in event.arrays:
            data = array.data if isinstance(array, Tensor) else None
            root, rows = (data.root, data.rows) if data is not None else (array.place, ())
            held = data is not None and data.role in HELD_OUT | {"train"}
            if root == seen.root and rows[: len(seen.rows)] == seen.rows and not held:
                yield Finding(
                    fit.place,
                    f"{fit.name} is fitted on all rows, those held out from training by {_by(event)} "
                    "included: learn it from the training split",
                    (Origin(event.place, "the data are split here"),),
                )
                break


def _encoded(event: SplitCall) -> Findings:
    """Groups replaced by a statistic of the target, with the rows that are going to be held out."""
    arrays = [array.data for array in event.arrays if isinstance(array, Tensor) and array.data is not None]
    targets = {
        name
        for data in arrays
        if data.columns is not None and data.columns.only
        for name in data.columns.names
    }
    for data in arrays:
        for step in data.steps:
            named = step.kind == "group" and step.about in targets
            if named and data.role not in HELD_OUT | {"train"} and seen_by(step, data):
                yield _finding(step, _by(event), Origin(event.place, "the data are split here"))


def _target_in_use(call: PredictCall) -> Findings:
    """The same for a table that was divided as a whole: the target is what the model was fitted to."""
    target = call.fit.target
    columns = target.columns if target is not None else None
    if columns is None or not columns.only or not disjoint(call.fitted, call.data):
        return
    for step in call.data.steps:
        of_target = step.kind == "group" and step.about in columns.names and step in call.fitted.steps
        if of_target and seen_by(step, call.data) and seen_by(step, call.fitted):
            where = Origin(call.place, "data held out from the fit are used here")
            yield _finding(step, f"`{call.name}`", where)


def _by(event: SplitCall) -> str:
    return f"`{event.name}`" if event.name.isidentifier() else event.name


def _in_use(call: PredictCall) -> Findings:
    """Data divided by hand: what was fitted on one part and is used on the other."""
    if not disjoint(call.fitted, call.data) or role_of(call.data) == "train":
        return
    for step in call.data.steps:
        if step not in call.fitted.steps or not _leaks(step):
            continue
        if not step.estimator and step.kind == "scaler" and _shifts(call.data, step):
            continue
        if seen_by(step, call.data) and seen_by(step, call.fitted) and not _nested(step, call.data):
            yield _finding(
                step, f"`{call.name}`", Origin(call.place, "data held out from the fit are used here")
            )


def _shifts(data: Provenance, scaler: Step) -> bool:
    """Whether the same formula shifts by hand, too: then that is reported."""
    return any(
        step.kind == "shift" and (step.root, step.rows) == (scaler.root, scaler.rows) for step in data.steps
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
        (where, *_grouped(step)),
    )


def _grouped(step: Step) -> tuple[Origin, ...]:
    grouped = step.of if step.kind == "group" else None
    return (Origin(grouped, "the rows are grouped here"),) if grouped is not None else ()
