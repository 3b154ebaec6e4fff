"""NN504: training data are taken as test data."""

from __future__ import annotations

from nnlint.analysis.data_events import Renamed
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN504", "train-as-test")
def check(event: Renamed) -> Findings:
    """Report a test name that is bound to training data while the test data are there."""
    yield Finding(
        event.place,
        f"`{event.name}` is made from `{event.source}`, although there is `{event.twin}`",
    )
