"""NN216: a model of the next token is scored against the very tokens it was given."""

from __future__ import annotations

from nnlint.analysis.events import LossCall
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN216", "unshifted-targets", severity="warning", default=False)
def check(loss: LossCall) -> Findings:
    """Report a cross-entropy whose class numbers are the network's own input."""
    if loss.fed is None or loss.effect.task != "multiclass":
        return
    message = f"the targets of {loss.name} are the tokens that the network was given: shift them by one"
    yield Finding(loss.place, message, (Origin(loss.fed, "the same tensor goes into the network here"),))
