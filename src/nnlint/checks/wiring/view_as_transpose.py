"""NN117: a reshape exchanges two axes, which scrambles the values instead of transposing them."""

from __future__ import annotations

from nnlint.analysis.values import Origin
from nnlint.analysis.wiring_events import ScrambledView
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN117", "view-as-transpose")
def check(view: ScrambledView) -> Findings:
    """Report the reshape."""
    because = (Origin(view.made, "the array comes from here"),) if view.made not in (None, view.place) else ()
    yield Finding(
        view.place,
        f"{view.text}: the values keep their order, so this scrambles them and transposes nothing",
        because,
    )
