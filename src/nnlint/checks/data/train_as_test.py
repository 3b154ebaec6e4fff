"""NN504: training data are taken as test data, or the other way round."""

from __future__ import annotations

from nnlint.analysis.data_events import FitCall, MetricCall, Overlapping, PredictCall, Renamed
from nnlint.analysis.provenance import HELD_OUT, disjoint, same_rows, word_role
from nnlint.analysis.repair import Rename, Repair, Replace
from nnlint.analysis.values import Built, Origin
from nnlint.checks.registry import Finding, Findings, rule
from nnlint.knowledge.spec import Estimator

__all__ = ["check"]

_SUPERVISED = frozenset({"classifier", "regressor", "pipeline", "search"})


@rule("NN504", "train-as-test", fix="unsafe")
def check(event: Renamed | PredictCall | Overlapping | FitCall | MetricCall) -> Findings:
    """Report what is called test and is training data, with the test data at hand, and a fit on test data."""
    if isinstance(event, (FitCall, MetricCall)):
        yield from _crossed(event)
        return
    if isinstance(event, Overlapping):
        yield Finding(
            event.place,
            f"`{event.name}` and `{event.other}` have rows in common: {event.shared}",
            (Origin(event.before, f"`{event.other}` comes from here"),),
        )
        return
    if isinstance(event, PredictCall):
        yield from _fitted_on_test(event)
        return
    yield Finding(
        event.place,
        f"{event.text} `{event.source}`, although there is `{event.twin}`",
        repair=_repair(event),
    )


def _fitted_on_test(call: PredictCall) -> Findings:
    fitted = call.fitted
    # What is fitted to predictions or to labels compares them; it is not the model that is judged.
    if fitted.role != "test" or fitted.part in {"p", "y"} or fitted.split is None or not _learns(call):
        return
    told = call.judges and call.data.role == "train" and word_role(call.fit.name) in HELD_OUT
    if told and disjoint(fitted, call.data):
        yield Finding(
            call.fitted_at,
            f"the model is fitted on the test split, and `{call.name}` judges it by the training split",
            (
                Origin(call.place, "the training split is used here"),
                Origin(fitted.split.place, "the data are split here"),
            ),
        )
    elif same_rows(fitted, call.data):
        yield Finding(
            call.fitted_at,
            f"the model is fitted on the test split, which `{call.name}` uses",
            (
                Origin(call.place, "the test split is used here"),
                Origin(fitted.split.place, "the data are split here"),
            ),
        )


def _crossed(event: FitCall | MetricCall) -> Findings:
    """Samples, or what is predicted for them, beside the labels of the other part of the same split."""
    x, y = (event.data, event.y) if isinstance(event, FitCall) else (event.prediction, event.target)
    if x is None or y is None or not x.rows or not y.rows or y.part == "x":
        return  # samples in the place of labels are another mistake
    if isinstance(event, MetricCall) and x.part != "p":
        return  # not what a model that we know has made of them
    one, other = x.rows[-1], y.rows[-1]
    if one.key == other.key and {one.kind, other.kind} == {"train", "test"} and y.split is not None:
        words = {"train": "training", "test": "test"}
        of = "samples" if isinstance(event, FitCall) else "predictions"
        yield Finding(
            event.place,
            f"`{event.name}` puts {words[one.kind]} {of} beside {words[other.kind]} labels",
            (Origin(y.split.place, "the data are split here"),),
        )


def _learns(call: PredictCall) -> bool:
    """Whether it is a model that is judged, not one that groups or embeds what it is given."""
    does = call.estimator.entry.does if isinstance(call.estimator, Built) else None
    return not isinstance(does, Estimator) or does.kind in _SUPERVISED


def _repair(event: Renamed) -> Repair | None:
    if event.taken is None:
        return None
    dotted = "." in event.twin
    step = Replace(event.taken, event.twin) if dotted else Rename(event.taken, event.twin)
    return Repair(f"Take `{event.twin}`", (step,))
