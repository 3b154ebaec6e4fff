"""NN101: a layer's output is bound to a name that is bound again before anything reads it."""

from __future__ import annotations

from nnlint.analysis.events import LostOutput
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule
from nnlint.checks.wiring.feeding import fed

__all__ = ["check"]

_OUTPUTS = frozenset({"layer", "activation", "network", "op"})


@rule("NN101", "overwritten-layer-output", fix="unsafe")
def check(lost: LostOutput) -> Findings:
    """Report the lost output, with the places that bind the name again."""
    if lost.kind not in _OUTPUTS or not lost.by:
        return
    if lost.loop:
        layer = "its layer" if lost.kind == "activation" else f"`{lost.maker}`"
        yield Finding(
            lost.place,
            f"every round of the loop feeds {layer} the same input and overwrites `{lost.name}`: "
            "only the last layer's output is used",
        )
    elif lost.stale is not None or (lost.builds and lost.kind != "network"):
        because = tuple(Origin(place, f"`{lost.name}` is bound again here") for place in lost.by)
        yield Finding(
            lost.place,
            f"the output of `{lost.maker}` is lost: `{lost.name}` is overwritten before it is read",
            because,
            repair=fed(lost),
            within_cell=not lost.function,
        )
