"""NN306: the calls of a training step stand in an order that undoes one of them."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN306", "training-step-order", fix="unsafe")
def check(fault: Fault) -> Findings:
    """Report what the trace of the run shows."""
    if fault.kind == "training-step-order":
        yield Finding(fault.place, fault.message, fault.because, repair=fault.repair)
