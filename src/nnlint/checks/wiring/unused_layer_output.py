"""NN103: a layer's output, a loss, an optimizer, scheduler or loader is bound to a name nobody reads."""

from __future__ import annotations

from nnlint.analysis.events import LostOutput
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_OUTPUTS = frozenset({"layer", "activation"})
_THINGS = frozenset({"loader", "optimizer", "scheduler"})


@rule("NN103", "unused-layer-output", severity="warning")
def check(lost: LostOutput) -> Findings:
    """Report what is bound and never read."""
    if lost.by or lost.loop:
        return
    if lost.kind in _OUTPUTS and lost.builds:
        yield _finding(lost, f"the output of `{lost.maker}`")
    elif lost.kind == "saved":
        yield Finding(
            lost.place,
            f"`{lost.name}` keeps `{lost.maker}` for later, but nothing reads it: is a residual missing?",
        )
    elif not lost.function or lost.function.startswith("test"):
        return
    elif lost.kind == "loss" and lost.builds:
        yield _finding(lost, f"the loss of `{lost.maker}`")
    elif lost.kind in _THINGS:
        yield _finding(lost, f"the {lost.kind}")


def _finding(lost: LostOutput, what: str) -> Finding:
    return Finding(lost.place, f"{what} is bound to `{lost.name}`, which nothing reads")
