"""NN116: `forward` leaves the framework and comes back, so the layers before get no gradient."""

from __future__ import annotations

from nnlint.analysis.values import Origin
from nnlint.analysis.wiring_events import GraphCut
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN116", "graph-cut-in-forward")
def check(cut: GraphCut) -> Findings:
    """Report the call that leaves, with the layers on both sides."""
    yield Finding(
        cut.cut_place,
        f"`{cut.cut}` cuts the graph between `{cut.before}` and `{cut.name}`: the first gets no gradient",
        (
            Origin(cut.before_place, f"`{cut.before}` is applied here"),
            Origin(cut.place, f"`{cut.name}` is fed the result here"),
        ),
    )
