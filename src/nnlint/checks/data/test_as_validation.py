"""NN511: the test split chooses when to stop, which weights to keep or which settings are best."""

from __future__ import annotations

from nnlint.analysis.data_events import Chosen, PredictCall
from nnlint.analysis.provenance import same_rows
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN511", "test-as-validation", severity="warning")
def check(call: PredictCall | Chosen) -> Findings:
    """Report a score on data that a callback chose by, and settings chosen by scores on the test split."""
    if isinstance(call, Chosen):
        yield Finding(
            call.place,
            f"{call.text} by scores on the test split, which then no longer tells how well the choice does",
            (
                Origin(call.score, "the test split is scored here, in a loop"),
                Origin(call.split, "the data are split here"),
            ),
        )
        return
    validation, watched = call.fit.validation, call.fit.watched
    if not call.judges or call.meanwhile or validation is None or watched is None or call.data.role != "test":
        return
    if same_rows(validation, call.data) and validation.role == "test":
        yield Finding(
            call.place,
            f"`{call.name}` reports on the split that the training was steered by",
            (
                Origin(watched, "this chooses by the validation data"),
                Origin(call.fitted_at, "the test split is the validation data here"),
            ),
        )
