"""NN610: sigmoids or tanhs follow each other through many layers, and the gradient fades."""

from __future__ import annotations

from nnlint.analysis.settings_events import Fed
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_DEEP = 4


@rule("NN610", "saturating-activation", severity="info", default=False)
def check(fed: Fed) -> Findings:
    """Report the fourth saturating activation in a row that feeds another layer."""
    places = fed.before.saturating
    if fed.kind != "norm" and len(places) == _DEEP:
        message = f"{_DEEP} saturating activations in a row: the gradient fades on the way back"
        because = tuple(Origin(place, "one of them") for place in places[1:])
        yield Finding(places[0], message, because)
