"""NN404: a network is evaluated with gradients switched on."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN404", "gradients-in-evaluation", severity="warning", default=False)
def check(fault: Fault) -> Findings:
    """Report what the trace of the run shows."""
    if fault.kind == "gradients-in-evaluation":
        yield Finding(fault.place, fault.message, fault.because)
