"""NN110: sizes that are written in the code and must agree do not."""

from __future__ import annotations

from nnlint.analysis.values import Origin
from nnlint.analysis.wiring_events import ShapeClash
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN110", "shape-mismatch")
def check(clash: ShapeClash) -> Findings:
    """Report the operation at which the two sizes meet."""
    if clash.kind != "flatten":
        yield Finding(clash.place, clash.message, tuple(Origin(place, text) for place, text in clash.because))
