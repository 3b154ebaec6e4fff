"""NN209: prediction and target stand in each other's place."""

from __future__ import annotations

from nnlint.analysis.events import LossCall
from nnlint.analysis.measure_events import Judgement
from nnlint.analysis.provenance import WORD
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
_TRUTH = frozenset({"label", "labels", "target", "targets", "truth", "true", "gt", "groundtruth"})
_PREDICTED = frozenset(
    {"hat", "logit", "logits", "out", "output", "outputs", "pred", "predict", "predicted", "prediction",
     "predictions", "predicts", "preds", "yhat"}
)  # fmt: skip
_BRIEF = frozenset({"y", "y_", "Y"})
_NOT_SAID = frozenset({"soft", "teacher", "pseudo", "smooth", "smoothed", "log"})
"""Words of names that either may have."""


@rule("NN209", "swapped-loss-arguments", fix="safe")
def check(event: LossCall | Judgement) -> Findings:
    """Report a call whose target is a network's output and whose prediction is the truth."""
    target, words, first = event.target, event.words, event.effect.prediction
    if not exchanged(event):
        return
    because = target.because if isinstance(target, Tensor) else ()
    if event.handed is not None and words[0] not in _NAMES:
        yield _by_the_caller(event, event.handed, because, first)
        return
    yield Finding(
        event.place,
        f"{event.name} gets the truth as `{first}`, the prediction as `{event.effect.target}`: exchange them",
        because,
        repair=Repair(
            "Exchange the arguments", (Swap(event.place, (first, event.effect.target)),), safe=True
        ),
    )


def exchanged(event: LossCall | Judgement) -> bool:
    """Whether prediction and target surely stand in each other's place, and it makes a difference."""
    if event.words[1] in _NAMES:
        return False
    known = _is_output(event.target) and _is_truth(event.prediction, event.words[0])
    if not known and not _is_said(event):
        return False
    return event.effect.task in _TASKS if isinstance(event, LossCall) else not event.effect.symmetric


def _is_said(event: LossCall | Judgement) -> bool:
    """Whether the names say so: `labels` in the place of the prediction, `outputs` in that of the truth."""
    prediction, target = event.prediction, event.target
    if event.effect.task == "distribution" or _is_computed(prediction):
        return False
    if isinstance(event, LossCall) and (event.effect.either_order or event.effect.prediction == "output"):
        return False  # the backend of Keras 1 took the prediction first
    if not _is_called(event.words[0], _TRUTH, _PREDICTED) and event.words[0] not in _NAMES - _BRIEF:
        return False
    if isinstance(target, Tensor) and target.made in {"layer", "network"}:
        return not _words(event.words[1]) & (_TRUTH | _NOT_SAID)
    known = isinstance(target, Tensor) and (target.function != "" or target.data is not None)
    return not known and _is_called(event.words[1], _PREDICTED, _TRUTH)


def _is_computed(value: Value | None) -> bool:
    """Whether a network has made something, as far as is known."""
    if not isinstance(value, Tensor):
        return False
    return value.scale is not Scale.UNKNOWN or value.by == "predict" or value.made in _COMPUTED


def _is_called(name: str, yes: frozenset[str], no: frozenset[str]) -> bool:
    words = _words(name)
    return bool(words & yes) and not words & (no | _NOT_SAID)


def _words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in WORD.findall(name))


def _by_the_caller(
    event: LossCall | Judgement, call: Place, because: tuple[Origin, ...], first: str
) -> Finding:
    """A function hands its parameters on in the right order, and got them in the wrong one."""
    given = f"`{event.words[1]}` is the prediction and `{event.words[0]}` the truth"
    other = event.effect.target
    message = f"{given}, which go to {event.name} as `{other}` and `{first}`: exchange them in this call"
    return Finding(call, message, (*because, Origin(event.place, f"{event.name} is computed here")))


def _is_output(value: Value | None) -> bool:
    if not isinstance(value, Tensor):
        return False
    return (value.scale in _OUTPUT and bool(value.because)) or value.by == "predict"


def _is_truth(value: Value | None, word: str) -> bool:
    """Known as labels, or something of unknown meaning that is called so."""
    if isinstance(value, Tensor):
        if _is_computed(value):
            return False
        known = value.function == "one_hot" or (value.data is not None and value.data.part == "y")
        return known or word in _NAMES
    return isinstance(value, (Unknown, Constant)) and word in _NAMES
