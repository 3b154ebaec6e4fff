"""NN503: training data were transformed, the data to predict on were not (or the other way round)."""

from __future__ import annotations

from nnlint.analysis.data_events import PredictCall, ScaledApart
from nnlint.analysis.provenance import HELD_OUT, disjoint, role_of
from nnlint.analysis.values import Origin, Provenance, Step
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_KINDS = frozenset({"scaler", "shift", "reducer", "selector", "vectorizer", "pixels"})


@rule("NN503", "unscaled-test")
def check(call: PredictCall | ScaledApart) -> Findings:
    """Report data that did not go the way the training data went."""
    if isinstance(call, ScaledApart):
        yield _apart(call)
        return
    if role_of(call.data) not in HELD_OUT or role_of(call.fitted) != "train":
        return
    if any(step.kind == "maybe" for step in (*call.data.steps, *call.fitted.steps)):
        return
    if not _same_data(call.data, call.fitted):
        return
    missing, extra = _missing(call.fitted, call.data), _missing(call.data, call.fitted)
    fitted = Origin(call.fitted_at, "the model is fitted here")
    role = role_of(call.data)
    if missing is not None and not _steps(call.data):
        yield Finding(
            call.place,
            f"`{call.name}` gets the {role} split without the {missing.name} that the training split "
            "went through",
            (Origin(missing.place, f"{missing.name} is applied to the training split here"), fitted),
        )
    elif extra is not None and not _steps(call.fitted):
        yield Finding(
            call.place,
            f"`{call.name}` gets the {role} split through {extra.name}, but the model was fitted without it",
            (Origin(extra.place, f"{extra.name} is applied here"), fitted),
        )


def _apart(event: ScaledApart) -> Finding:
    """Images that are read with transforms, or out of generators."""
    where = [(event.other_by, f"`{event.other}` is scaled by this"), (event.by, "and this by this")]
    related = tuple(Origin(place, text) for place, text in where if place is not None)
    if event.by is None:
        text = f"the {event.role} images are not scaled as those of `{event.other}` are"
    elif event.other_by is None:
        text = f"the {event.role} images are scaled, those of `{event.other}` are not"
    else:
        text = f"the {event.role} images are scaled by other numbers than those of `{event.other}`"
    return Finding(event.place, text, related)


def _same_data(one: Provenance, other: Provenance) -> bool:
    if one.split is not None and other.split is not None and one.split.place == other.split.place:
        return True
    return one.root == other.root and disjoint(one, other)


def _steps(data: Provenance) -> list[Step]:
    return [step for step in data.steps if _scales(step) and not step.labels]


def _scales(step: Step) -> bool:
    return step.kind in _KINDS or (step.kind == "arithmetic" and step.name.startswith("/ 255"))


def _missing(from_: Provenance, data: Provenance) -> Step | None:
    names = {step.name for step in data.steps}
    return next((step for step in _steps(from_) if step.name not in names), None)
