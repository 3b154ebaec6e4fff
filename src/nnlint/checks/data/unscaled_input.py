"""NN509: pixels from 0 to 255 reach a network that does not scale them."""

from __future__ import annotations

from nnlint.analysis.data_events import FitCall, Unscaled
from nnlint.analysis.provenance import originals
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_HARMLESS = frozenset({"reshuffle", "resampler", "undersampler"})


@rule("NN509", "unscaled-input", severity="warning")
def check(event: FitCall | Unscaled) -> Findings:
    """Report raw images that are fed to a fit, and data that a loader is told not to scale."""
    if isinstance(event, Unscaled):
        yield Finding(
            event.place,
            f"`{event.name}` is told not to scale (`{event.option}=False`) data that nothing else has scaled",
            (Origin(event.source, "the data are read here"),),
        )
        return
    data = event.data
    if not event.unscaled or data is None or not data.raw or data.root is None:
        return
    if all(step.kind in _HARMLESS for step in data.steps):
        yield Finding(
            event.place,
            f"`{event.name}` gets pixels from 0 to 255: divide them by 255 or put a rescaling layer first",
            tuple(Origin(place, "the images are loaded here") for place in originals(data.root)),
        )
