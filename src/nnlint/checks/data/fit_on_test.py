"""NN501: a transformer is fitted on the test or validation split, or test data are scaled with their own statistics."""

from __future__ import annotations

from nnlint.analysis.events import Arithmetic, FitCall
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_HELD_OUT = frozenset({"test", "validation"})
_KINDS = frozenset({"scaler", "imputer", "encoder", "vectorizer", "reducer", "selector", "transformer"})


@rule("NN501", "fit-on-test")
def check(event: FitCall | Arithmetic) -> Findings:
    """Report what learns from data it is going to be judged on."""
    if isinstance(event, Arithmetic):
        yield from _by_hand(event)
        return
    data = event.data
    if (
        data is None
        or data.role not in _HELD_OUT
        or event.effect.kind not in _KINDS
        or event.effect.stateless
    ):
        return
    twin = next((fit for fit in event.earlier if _is_twin(fit, event)), None)
    if twin is None:
        return
    split = (Origin(data.split.place, "the data are split here"),) if data.split is not None else ()
    yield Finding(
        event.place,
        f"{event.name} is fitted on the {data.role} split: use `transform` with what was learnt from the training split",
        (Origin(twin.place, f"{twin.name} is fitted on the training split here"), *split),
    )


def _is_twin(fit: FitCall, event: FitCall) -> bool:
    """The same kind of transformer, fitted on the training part of the same data."""
    if fit.data is None or event.data is None or fit.estimator.name != event.estimator.name:
        return False
    return fit.data.role == "train" and (
        fit.data.root == event.data.root
        or (
            fit.data.split is not None
            and event.data.split is not None
            and fit.data.split.place == event.data.split.place
        )
    )


def _by_hand(event: Arithmetic) -> Findings:
    if event.operator == "-" and event.data.role in _HELD_OUT and event.of.role == event.data.role:
        where = (
            (Origin(event.of_place, "the statistic is computed here"),) if event.of_place is not None else ()
        )
        yield Finding(
            event.place,
            f"the {event.data.role} split is scaled with its own {event.statistic}, not with the training split's",
            where,
        )
