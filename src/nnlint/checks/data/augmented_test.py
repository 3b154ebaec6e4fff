"""NN513: validation or test data are changed at random."""

from __future__ import annotations

from nnlint.analysis.data_events import Augmented
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN513", "augmented-test", severity="warning")
def check(event: Augmented) -> Findings:
    """Report held-out data behind a random transform."""
    yield Finding(
        event.place,
        f"`{event.name}` reads the {event.role} data through random changes: judge by the data as they are",
        (Origin(event.by, "this draws anew for every sample"),),
    )
