"""NN209: prediction and target stand in each other's place."""

from __future__ import annotations

from nnlint.analysis.events import LossCall
from nnlint.analysis.measure_events import Judgement
from nnlint.analysis.repair import Repair, Swap
from nnlint.analysis.values import Constant, Origin, Place, Tensor, Unknown, Value
from nnlint.checks.registry import Finding, Findings, rule
from nnlint.knowledge.spec import Scale

__all__ = ["check", "exchanged"]

_OUTPUT = frozenset({Scale.LOGITS, Scale.PROBABILITIES, Scale.LOG_PROBABILITIES})
_TASKS = frozenset({"binary", "multiclass", "multilabel", "distribution"})
_COMPUTED = frozenset({"layer", "network", "activation", "loss"})
_NAMES = frozenset(
    {"label", "labels", "target", "targets", "truth", "ground_truth", "gt", "y", "y_", "y_true", "y_test",
     "y_train", "y_val", "y_valid", "test_y", "train_y", "Y", "Y_test", "test_labels", "train_labels",
     "true_labels"}
)  # fmt: skip


@rule("NN209", "swapped-loss-arguments", fix="safe")
def check(event: LossCall | Judgement) -> Findings:
    """Report a call whose target is a network's output and whose prediction is the truth."""
    target, words, first = event.target, event.words, event.effect.prediction
    if not exchanged(event):
        return
    assert isinstance(target, Tensor)
    if event.handed is not None and words[0] not in _NAMES:
        yield _by_the_caller(event, event.handed, target, first)
        return
    yield Finding(
        event.place,
        f"{event.name} gets the truth as `{first}`, the prediction as `{event.effect.target}`: exchange them",
        target.because,
        repair=Repair(
            "Exchange the arguments", (Swap(event.place, (first, event.effect.target)),), safe=True
        ),
    )


def exchanged(event: LossCall | Judgement) -> bool:
    """Whether prediction and target surely stand in each other's place, and it makes a difference."""
    if not _is_output(event.target) or not _is_truth(event.prediction, event.words[0]):
        return False
    if event.words[1] in _NAMES:
        return False
    return event.effect.task in _TASKS if isinstance(event, LossCall) else not event.effect.symmetric


def _by_the_caller(event: LossCall | Judgement, call: Place, target: Tensor, first: str) -> Finding:
    """A function hands its parameters on in the right order, and got them in the wrong one."""
    given = f"`{event.words[1]}` is the prediction and `{event.words[0]}` the truth"
    other = event.effect.target
    message = f"{given}, which go to {event.name} as `{other}` and `{first}`: exchange them in this call"
    return Finding(call, message, (*target.because, Origin(event.place, f"{event.name} is computed here")))


def _is_output(value: Value | None) -> bool:
    if not isinstance(value, Tensor):
        return False
    return (value.scale in _OUTPUT and bool(value.because)) or value.by == "predict"


def _is_truth(value: Value | None, word: str) -> bool:
    """Known as labels, or something of unknown meaning that is called so."""
    if isinstance(value, Tensor):
        if value.scale is not Scale.UNKNOWN or value.by == "predict" or value.made in _COMPUTED:
            return False
        known = value.function == "one_hot" or (value.data is not None and value.data.part == "y")
        return known or word in _NAMES
    return isinstance(value, (Unknown, Constant)) and word in _NAMES
