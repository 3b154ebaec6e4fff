"""NN108: the result of a pure tensor method, function or layer is thrown away."""

from __future__ import annotations

from nnlint.analysis.wiring_events import Discarded
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN108", "discarded-result")
def check(call: Discarded) -> Findings:
    """Report the call; the statement has no other effect."""
    if call.kind == "layer":
        yield Finding(call.place, f"`{call.name}` is applied and its output thrown away")
    else:
        yield Finding(
            call.place,
            f"`{call.name}` returns a new tensor and leaves the old one as it was: the result is thrown away",
        )
