"""NN112: feature maps reach a dense layer without being flattened or pooled."""

from __future__ import annotations

from nnlint.analysis.values import Origin
from nnlint.analysis.wiring_events import ShapeClash
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN112", "missing-flatten")
def check(clash: ShapeClash) -> Findings:
    """Report the dense layer, which would work on the last spatial axis."""
    if clash.kind == "flatten":
        yield Finding(clash.place, clash.message, tuple(Origin(place, text) for place, text in clash.because))
