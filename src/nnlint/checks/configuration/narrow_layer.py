"""NN608: a hidden layer of a single unit between wide ones."""

from __future__ import annotations

from nnlint.analysis.settings_events import Fed
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_WIDE = 8


@rule("NN608", "narrow-layer", severity="info", default=False)
def check(fed: Fed) -> Findings:
    """Report a layer of one unit that is fed by, and feeds, layers of many."""
    before = fed.before
    if before.units != 1 or before.kind != "dense" or fed.kind == "norm":
        return
    if (before.fed or 0) >= _WIDE and (fed.units or 0) > 1:
        message = f"{before.name} has one unit: all that {fed.name} can learn passes through one number"
        yield Finding(before.place, message, (Origin(fed.place, f"{fed.name} reads it"),))
