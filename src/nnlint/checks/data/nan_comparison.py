"""NN522: a value is compared with NaN, which equals nothing."""

from __future__ import annotations

from nnlint.analysis.data_events import NanComparison
from nnlint.analysis.repair import Repair, Replace
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN522", "nan-comparison", fix="unsafe")
def check(event: NanComparison) -> Findings:
    """Report the comparison."""
    outcome = {"==": "never true", "!=": "always true"}.get(
        event.op, "true for one object only, not for any NaN"
    )
    message = f"`{event.op} {event.text}` is {outcome}: use `isnan` or `isna`"
    yield Finding(event.place, message, repair=_repair(event))


def _repair(event: NanComparison) -> Repair | None:
    """The test that the library of the NaN has; that of `math` gives a bool, which `~` does not turn."""
    library, _, name = event.text.rpartition(".")
    if not library or name.lower() != "nan":
        return None
    negation = "" if event.op in {"==", "is"} else "not " if library == "math" else "~"
    test = Replace(event.place, f"{negation}{library}.isnan({{0:arg}})", (event.other,))
    return Repair(f"Ask `{library}.isnan`", (test,))
