"""NN113: `forward` computes something and returns nothing."""

from __future__ import annotations

from nnlint.analysis.repair import Repair, Return
from nnlint.analysis.values import Origin
from nnlint.analysis.wiring_events import ResultlessForward
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN113", "forward-without-return", fix="unsafe")
def check(forward: ResultlessForward) -> Findings:
    """Report the method, with the last layer it applies."""
    yield Finding(
        forward.place,
        f"`{forward.cls.name}.{forward.name}` applies layers and returns nothing: its callers get None",
        (Origin(forward.last_place, f"the output of `{forward.last}` is lost"),),
        repair=Repair("Return what is computed last", (Return(forward.place),)),
    )
