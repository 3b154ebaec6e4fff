"""NN303: gradients are computed and cleared, and the weights are never updated."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN303", "missing-step", fix="unsafe")
def check(fault: Fault) -> Findings:
    """Report what the trace of the run shows."""
    if fault.kind == "missing-step":
        yield Finding(fault.place, fault.message, fault.because, repair=fault.repair)
