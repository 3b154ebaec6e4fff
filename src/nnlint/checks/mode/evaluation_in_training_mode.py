"""NN401: a network with dropout or batch norm is evaluated while in training mode."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN401", "evaluation-in-training-mode", fix="unsafe")
def check(fault: Fault) -> Findings:
    """Report what the trace of the run shows."""
    if fault.kind == "evaluation-in-training-mode":
        yield Finding(fault.place, fault.message, fault.because, repair=fault.repair)
