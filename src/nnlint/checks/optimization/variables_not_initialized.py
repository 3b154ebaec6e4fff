"""NN313: a session uses variables that were never given their first value."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN313", "variables-not-initialized")
def check(fault: Fault) -> Findings:
    """Report what the trace of the run shows."""
    if fault.kind == "variables-not-initialized":
        yield Finding(fault.place, fault.message, fault.because, repair=fault.repair)
