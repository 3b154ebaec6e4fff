"""NN514: data in the order of their classes are divided or learnt from in that order."""

from __future__ import annotations

from nnlint.analysis.data_events import Unshuffled
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN514", "unshuffled-training", severity="warning")
def check(event: Unshuffled) -> Findings:
    """Report a division or a training loader that keeps one class behind the other."""
    yield Finding(
        event.place,
        f"{event.name} keeps the order of `{event.kind}`, in which one class follows the other: shuffle them",
        (Origin(event.source, "the data are ordered by class"),),
    )
