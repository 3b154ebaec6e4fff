"""NN102: a layer is fed an earlier tensor, so the output of the layer before it is never used."""

from __future__ import annotations

from nnlint.analysis.events import LostOutput
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_ASIDE = frozenset({"identity", "res", "residual", "residue", "shortcut", "skip"})
"""Names of what is kept for later: that nothing reads it is a mistake, what the next layer is fed is none."""


@rule("NN102", "stale-layer-input")
def check(lost: LostOutput) -> Findings:
    """Report the layer that missed the lost output, with the place of the loss."""
    stale = lost.stale
    if stale is None or (not lost.by and (not lost.builds or lost.name in _ASIDE)):
        return
    yield Finding(
        stale.place,
        f"`{stale.name}` is fed what came before `{lost.maker}`, whose output `{lost.name}` is never used",
        (Origin(lost.place, f"the output of `{lost.maker}` is bound to `{lost.name}` here and lost"),),
    )
