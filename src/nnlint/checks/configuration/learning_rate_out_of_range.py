"""NN601: a learning rate is so far outside the optimizer's range that training diverges or stands still."""

from __future__ import annotations

from nnlint.analysis.settings_events import Setting
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

# Adaptive methods divide by the size of the gradients, so the rate is about the length of every step,
# whatever the loss (Kingma and Ba 2015, section 2.1); their documented defaults lie at 0.001.
_ADAPTIVE = frozenset(
    {
        "Adam", "AdamOptimizer", "AdamW", "Adamax", "FusedAdam", "NAdam", "Nadam", "RAdam", "RMSProp",
        "RMSprop", "RMSPropOptimizer", "SparseAdam",
    }
)  # fmt: skip
_PLAIN = frozenset({"GradientDescentOptimizer", "MomentumOptimizer", "SGD", "FusedSGD"})
_ADAPTIVE_BOUND = 0.1
_PLAIN_BOUND = 100.0
"""Linear probes and language models were published with SGD at 30 (MoCo, AWD-LSTM)."""


@rule("NN601", "learning-rate-out-of-range", severity="warning")
def check(setting: Setting) -> Findings:
    """Report rates that are not positive, and those no network can be trained with."""
    if setting.kind != "learning-rate" or setting.value is None or setting.of == "groups":
        return
    facts = setting.facts
    if facts.scheduled or getattr(setting.owner, "serial", 0) in facts.rescheduled:
        return
    problem = _problem(setting, setting.value)
    if problem:
        yield Finding(setting.place, problem, setting.because)


def _problem(setting: Setting, rate: float) -> str:
    name = f"{setting.name} gets the learning rate {rate:g}"
    if rate < 0:
        return f"{name}: a negative rate climbs the loss"
    if rate == 0:
        return f"{name}: nothing is learnt"
    if (
        setting.family in _ADAPTIVE
        and rate >= _ADAPTIVE_BOUND
        and (setting.of == "network" or (setting.of == "graph" and setting.facts.layers))
        and not setting.smoothed
    ):
        return f"{name}: every step changes every weight by about that much; its default is 0.001"
    if setting.family in _PLAIN and rate >= _PLAIN_BOUND:
        return f"{name}, far above any rate that training survives"
    return ""
