"""NN314: `trainable` is changed, or training begins, on the wrong side of `compile`."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN314", "change-after-compile")
def check(fault: Fault) -> Findings:
    """Report what the trace of the run shows."""
    if fault.kind == "change-after-compile":
        yield Finding(fault.place, fault.message, fault.because)
