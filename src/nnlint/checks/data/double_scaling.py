"""NN515: data are scaled twice."""

from __future__ import annotations

from nnlint.analysis.data_events import Rescaled
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN515", "double-scaling")
def check(event: Rescaled) -> Findings:
    """Report the second scaling."""
    yield Finding(
        event.place,
        f"`{event.now.name}` scales data that went through `{event.before.name}` already",
        (Origin(event.before.place, "the data are scaled here first"),),
    )
