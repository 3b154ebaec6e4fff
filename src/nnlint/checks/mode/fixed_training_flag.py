"""NN405: a layer is told for good that it trains, in a graph that is also evaluated."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN405", "fixed-training-flag")
def check(fault: Fault) -> Findings:
    """Report what the trace of the run shows."""
    if fault.kind == "fixed-training-flag":
        yield Finding(fault.place, fault.message, fault.because, repair=fault.repair)
