"""NN308: gradients are applied with the wrong sign, or paired with variables the wrong way round."""

from __future__ import annotations

from nnlint.analysis.training_events import Fault
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN308", "gradient-sign")
def check(fault: Fault) -> Findings:
    """Report gradients that climb."""
    if fault.kind == "gradient-sign":
        yield Finding(fault.place, fault.message, fault.because, repair=fault.repair)
