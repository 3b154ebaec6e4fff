"""NN601: a learning rate is so far outside the optimizer's range that training diverges or stands still."""

from __future__ import annotations

from nnlint.analysis.settings_events import Diverging, Facts, History, Setting
from nnlint.analysis.values import Obj, Origin
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
_ADAPTIVE_BOUND, _LINEAR_BOUND = 0.1, 0.5
_PLAIN_BOUND = 100.0
"""Linear probes and language models were published with SGD at 30 (MoCo, AWD-LSTM)."""
_BARE_BOUND = 0.5
"""For convolutions without normalisation; published rates lie at 0.01 to 0.1 (AlexNet, VGG)."""
_ADAPTIVE_LOW, _PLAIN_LOW = 1e-6, 1e-5
_EPSILON = 1e-15
"""The smallest that was published (Instant-NGP)."""
_CLASSES = frozenset({"binary", "multiclass", "multilabel"})


@rule("NN601", "learning-rate-out-of-range", severity="warning")
def check(setting: Setting | Diverging) -> Findings:
    """Report rates that are not positive, and those with which training diverges or stands still."""
    if isinstance(setting, Diverging):
        yield from _diverging(setting)
        return
    if setting.value is None or setting.of == "groups":
        return
    if setting.kind == "epsilon":
        yield from _epsilon(setting, setting.value)
    elif setting.kind == "learning-rate" and not _is_scheduled(setting):
        problem, because = _problem(setting, setting.value)
        if problem:
            message = f"{setting.name} gets the learning rate {setting.value:g}{problem}"
            yield Finding(setting.place, message, (*setting.because, *because))


def _diverging(found: Diverging) -> Findings:
    setting = found.rate
    if setting.value is None or _is_scheduled(setting) or setting.value >= _PLAIN_BOUND:
        return
    if getattr(setting.owner, "serial", 0) in setting.facts.lowered:
        return
    message = (
        f"{setting.name} gets the learning rate {setting.value:g}, but the loss is a quadratic that for "
        f"these data bears less than {found.bound:.2g}: every step overshoots by more than the one before"
    )
    yield Finding(setting.place, message, (*setting.because, Origin(found.fed, "the data are fed here")))


def _is_scheduled(setting: Setting) -> bool:
    facts, owner = setting.facts, setting.owner
    if setting.value == 0 and isinstance(owner, Obj) and owner.escaped:
        return True
    return facts.scheduled or getattr(owner, "serial", 0) in facts.rescheduled


def _epsilon(setting: Setting, value: float) -> Findings:
    if setting.family not in _ADAPTIVE or not 0 <= value < _EPSILON:
        return
    what = (
        "a weight without gradient divides 0 by 0"
        if value == 0
        else "the smallest gradients make steps as long as the largest; its default is 1e-8 or 1e-7"
    )
    yield Finding(setting.place, f"{setting.name} gets epsilon {value:g}: {what}", setting.because)


def _problem(setting: Setting, rate: float) -> tuple[str, tuple[Origin, ...]]:
    if rate < 0:
        return ": a negative rate climbs the loss", ()
    if rate == 0:
        return ": nothing is learnt", ()
    if setting.family in _ADAPTIVE:
        return _adaptive(setting, rate)
    if setting.family not in _PLAIN:
        return "", ()
    if rate >= _PLAIN_BOUND:
        return ", far above any rate that training survives", ()
    judged = _classifiers(setting.facts)
    if judged and rate >= _BARE_BOUND and all(one.convolutions and not one.normal for one in judged):
        because = Origin(judged[0].place, f"{judged[0].name} ends convolutions that nothing normalises")
        return ", far above what convolutions without normalisation survive", (because,)
    if judged and rate <= _PLAIN_LOW and not setting.facts.summed and _is_fresh(setting.facts):
        because = Origin(judged[0].place, f"{judged[0].name} starts from random weights")
        return ": a network that starts from random weights hardly moves", (because,)
    return "", ()


def _adaptive(setting: Setting, rate: float) -> tuple[str, tuple[Origin, ...]]:
    facts = setting.facts
    if rate >= _ADAPTIVE_BOUND and not setting.smoothed:
        linear = rate >= _LINEAR_BOUND and bool(_classifiers(facts))
        layers = setting.of == "graph" and facts.layers
        if setting.of == "network" or layers or (setting.of in {"graph", "linear"} and linear):
            return ": every step changes every weight by about that much; its default is 0.001", ()
    if rate < _ADAPTIVE_LOW and facts.judged and _is_fresh(facts):
        first = facts.judged[0].history
        because = Origin(first.place, f"{first.name} starts from random weights")
        return ": every step changes every weight by less than that; its default is 0.001", (because,)
    return "", ()


def _classifiers(facts: Facts) -> list[History]:
    """The layers that losses judge, where all of them are losses of classes averaged over the batch."""
    if not all(one.task in _CLASSES and one.mean for one in facts.judged):
        return []
    return [one.history for one in facts.judged]


def _is_fresh(facts: Facts) -> bool:
    """Whether several layers are trained from scratch."""
    return not facts.loaded and all(one.history.layers > 1 for one in facts.judged)
