"""NN309: a step by hand replaces the parameter, or goes through the graph."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN309", "update-outside-no-grad")
def check(fault: Fault) -> Findings:
    """Report what the trace of the run shows."""
    if fault.kind == "update-outside-no-grad":
        yield Finding(fault.place, fault.message, fault.because)
