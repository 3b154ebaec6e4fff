"""NN305: an optimizer steps in a loop in which nothing computes gradients."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN305", "missing-backward")
def check(fault: Fault) -> Findings:
    """Report what the trace of the run shows."""
    if fault.kind == "missing-backward":
        yield Finding(fault.place, fault.message, fault.because, repair=fault.repair)
