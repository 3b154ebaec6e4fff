"""NN311: an operation that trains is made and no session runs it."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN311", "train-op-not-run")
def check(fault: Fault) -> Findings:
    """Report what the trace of the run shows."""
    if fault.kind == "train-op-not-run":
        yield Finding(fault.place, fault.message, fault.because, repair=fault.repair)
