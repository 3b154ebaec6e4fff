"""NN104: a network makes a layer with parameters and never uses it."""

from __future__ import annotations

from nnlint.analysis.values import Origin
from nnlint.analysis.wiring_events import IdleLayer
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN104", "unused-layer", severity="warning")
def check(idle: IdleLayer) -> Findings:
    """Report the layer, with the places that apply its twin."""
    text = f"`self.{idle.attribute}` is made here and never used"
    if idle.twin:
        text += f", while `self.{idle.twin}` is applied {len(idle.twin_places)} times"
    because = tuple(Origin(place, f"`self.{idle.twin}` is applied here") for place in idle.twin_places)
    yield Finding(idle.place, text, because)
