"""NN312: batch normalisation trains without the operations that update its averages."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN312", "batchnorm-updates-not-run")
def check(fault: Fault) -> Findings:
    """Report what the trace of the run shows."""
    if fault.kind == "batchnorm-updates-not-run":
        yield Finding(fault.place, fault.message, fault.because, repair=fault.repair)
