"""NN304: gradients are never cleared between steps, so each step repeats all earlier ones."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN304", "missing-zero-grad", fix="unsafe")
def check(fault: Fault) -> Findings:
    """Report what the trace of the run shows."""
    if fault.kind == "missing-zero-grad":
        yield Finding(fault.place, fault.message, fault.because, repair=fault.repair)
