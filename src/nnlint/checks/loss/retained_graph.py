"""NN214: a running total of losses keeps the graph of every batch alive."""

from __future__ import annotations

from nnlint.analysis.measure_events import Accumulated
from nnlint.analysis.repair import Repair, Replace
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN214", "retained-graph", severity="warning", fix="safe")
def check(call: Accumulated) -> Findings:
    """Report ``total += loss`` where the loss is a tensor with a history."""
    yield Finding(
        call.place,
        f"`{call.name}` keeps the graph of every {call.loss} it adds up: add `.item()` or `.detach()`",
        (call.because,),
        repair=Repair("Add the number only", (Replace(call.added, "{0}.item()", (call.added,)),), safe=True),
    )
