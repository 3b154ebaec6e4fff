"""NN522: a value is compared with NaN, which equals nothing."""

from __future__ import annotations

from nnlint.analysis.data_events import NanComparison
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN522", "nan-comparison")
def check(event: NanComparison) -> Findings:
    """Report the comparison."""
    outcome = {"==": "never true", "!=": "always true"}.get(
        event.op, "true for one object only, not for any NaN"
    )
    yield Finding(event.place, f"`{event.op} {event.text}` is {outcome}: use `isnan` or `isna`")
