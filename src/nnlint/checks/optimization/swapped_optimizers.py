"""NN316: one optimizer steps twice in a round and its twin never."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN316", "swapped-optimizers", fix="unsafe")
def check(fault: Fault) -> Findings:
    """Report what the trace of the run shows."""
    if fault.kind == "swapped-optimizers":
        yield Finding(fault.place, fault.message, fault.because, repair=fault.repair)
