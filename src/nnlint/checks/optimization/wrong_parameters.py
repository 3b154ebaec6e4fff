"""NN307: an optimizer holds other parameters than those it is meant to update."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN307", "wrong-parameters")
def check(fault: Fault) -> Findings:
    """Report what the trace of the run shows."""
    if fault.kind == "wrong-parameters":
        yield Finding(fault.place, fault.message, fault.because, repair=fault.repair)
