"""NN402: a network is switched to evaluation in the training loop for good, or trained as it predicts."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN402", "training-in-evaluation-mode", fix="unsafe")
def check(fault: Fault) -> Findings:
    """Report what the trace of the run shows."""
    if fault.kind == "training-in-evaluation-mode":
        yield Finding(fault.place, fault.message, fault.because, repair=fault.repair)
