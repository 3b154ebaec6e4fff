"""NN607: a softmax is the activation of a hidden layer."""

from __future__ import annotations

from nnlint.analysis.settings_events import Fed
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN607", "softmax-hidden-activation", severity="warning")
def check(fed: Fed) -> Findings:
    """Report a layer with weights whose softmax another layer with weights reads."""
    before = fed.before
    if before.softmax is None or fed.kind == "norm" or before.units == 1:
        return
    message = (
        f"softmax inside the network: the outputs of {before.name} compete for a sum of 1, "
        f"and {fed.name} gets hardly any signal"
    )
    yield Finding(before.softmax.place, message, (Origin(fed.place, f"{fed.name} reads it"),))
