"""NN214: a running total of losses keeps the graph of every batch alive."""

from __future__ import annotations

from nnlint.analysis.measure_events import Accumulated
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN214", "retained-graph", severity="warning")
def check(call: Accumulated) -> Findings:
    """Report ``total += loss`` where the loss is a tensor with a history."""
    yield Finding(
        call.place,
        f"`{call.name}` keeps the graph of every {call.loss} it adds up: add `.item()` or `.detach()`",
        (call.because,),
    )
