"""NN111: two linear layers follow each other with nothing non-linear between them."""

from __future__ import annotations

from nnlint.analysis.values import Origin
from nnlint.analysis.wiring_events import LinearStack
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN111", "linear-stack", severity="warning")
def check(stack: LinearStack) -> Findings:
    """Report the second layer, with the first."""
    if stack.narrow or stack.shared or not (stack.known or stack.biased):
        return
    yield Finding(
        stack.place,
        f"`{stack.name}` follows `{stack.before}` with no non-linearity between: the two are one linear map",
        (Origin(stack.before_place, f"`{stack.before}` is applied here"),),
    )
