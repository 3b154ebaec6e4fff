"""NN103: a layer's output, a loss or an optimizer is bound to a name that nothing reads."""

from __future__ import annotations

from nnlint.analysis.events import LostOutput
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_WHAT = {"loss": "the loss", "optimizer": "the optimizer"}


@rule("NN103", "unused-layer-output", severity="warning")
def check(lost: LostOutput) -> Findings:
    """Report what is bound and never read."""
    if lost.by or lost.loop:
        return
    if lost.kind in {"layer", "activation"} and lost.builds:
        yield Finding(
            lost.place, f"the output of `{lost.maker}` is bound to `{lost.name}`, which nothing reads"
        )
    elif lost.kind == "saved":
        yield Finding(
            lost.place, f"`{lost.name}` keeps `{lost.maker}` for later, but nothing reads it: is a residual missing?"
        )
    elif lost.kind in _WHAT and lost.builds:
        yield Finding(
            lost.place, f"{_WHAT[lost.kind]} of `{lost.maker}` is bound to `{lost.name}`, which nothing reads"
        )
