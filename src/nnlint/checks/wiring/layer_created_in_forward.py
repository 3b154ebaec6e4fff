"""NN106: a layer with parameters is made anew by every run of `forward`."""

from __future__ import annotations

from nnlint.analysis.values import Origin
from nnlint.analysis.wiring_events import TransientLayer
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN106", "layer-created-in-forward")
def check(layer: TransientLayer) -> Findings:
    """Report the layer where it is made."""
    if layer.guarded:
        return
    kind = layer.layer.name.rpartition(".")[2]
    because = (Origin(layer.place, "it is applied here"),) if layer.place != layer.layer.place else ()
    yield Finding(
        layer.layer.place,
        f"this `{kind}` is made anew, with fresh weights, on every call: no optimizer ever trains it",
        because,
    )
