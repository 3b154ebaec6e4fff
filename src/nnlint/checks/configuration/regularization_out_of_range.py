"""NN602: a penalty on the weights is negative, or so strong that they cannot leave zero."""

from __future__ import annotations

from nnlint.analysis.settings_events import Setting
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_DECOUPLED = frozenset({"AdamW", "NAdamW", "Lion", "Lamb", "Muon", "FusedLAMB"})
"""These multiply the decay by the learning rate and keep it out of the gradient: 1 was published."""
_DECAY = 1.0
"""Sums of squared weights (`l2_loss`) with a factor are the same thing."""
_PENALTY = 0.1


@rule("NN602", "regularization-out-of-range", severity="warning")
def check(setting: Setting) -> Findings:
    """Report weight decay and penalty factors outside their range."""
    value = setting.value
    if value is None or setting.kind not in {"weight-decay", "penalty", "squares"}:
        return
    what = "the weight decay" if setting.kind == "weight-decay" else "the factor"
    if value < 0:
        message = f"{setting.name} gets {what} {value:g}: a negative penalty drives the weights to infinity"
        yield Finding(setting.place, message, setting.because)
    elif value >= _bound(setting):
        message = f"{setting.name} gets {what} {value:g}: it outweighs the loss and pulls the weights to zero"
        yield Finding(setting.place, message, setting.because)


def _bound(setting: Setting) -> float:
    if setting.kind == "penalty":
        return _PENALTY
    if setting.of == "linear":
        return float("inf")  # ridge regression
    return float("inf") if setting.family in _DECOUPLED else _DECAY
