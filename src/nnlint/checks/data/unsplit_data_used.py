"""NN505: after a split, the model is fitted or judged on the original, unsplit data."""

from __future__ import annotations

from nnlint.analysis.data_events import PredictCall
from nnlint.analysis.provenance import HELD_OUT
from nnlint.analysis.values import Origin, Provenance
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN505", "unsplit-data-used")
def check(call: PredictCall) -> Findings:
    """Report a fit that has seen the test part, and a score that contains the training part."""
    if call.data.root is None or call.data.root != call.fitted.root:
        return
    if call.data.role in HELD_OUT and _contains(call.fitted, call.data):
        yield Finding(
            call.fitted_at,
            f"the fit takes all rows, those of the {call.data.role} split included, which `{call.name}` uses",
            (Origin(call.place, f"the {call.data.role} split is used here"),),
        )
    elif call.judges and call.fitted.role == "train" and _contains(call.data, call.fitted):
        yield Finding(
            call.place,
            f"`{call.name}` judges by all rows, those the model was fitted on included",
            (Origin(call.fitted_at, "the model is fitted on some of them here"),),
        )


def _contains(whole: Provenance, part: Provenance) -> bool:
    """Whether the part was cut from the whole by a split of samples."""
    if len(part.rows) <= len(whole.rows) or part.rows[: len(whole.rows)] != whole.rows:
        return False
    return part.rows[len(whole.rows)].kind in {"train", "test"} and part.part != "p" != whole.part
