"""NN210: a softmax runs over the samples of the batch, or its axis is left to an old guess."""

from __future__ import annotations

from nnlint.analysis.events import ActivationCall, LossCall
from nnlint.analysis.measure_events import Decision, HandWritten
from nnlint.analysis.repair import Keyword, Repair, Word
from nnlint.analysis.values import Constant, Origin, Place, Tensor
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_SAID = {
    "argmax": "the classes are compared along axis 1",
    "picked": "classes are picked along axis 1",
}
_SOFTMAX = frozenset({"softmax", "log_softmax"})


@rule("NN210", "softmax-axis", fix="unsafe")
def check(event: ActivationCall | LossCall | Decision | HandWritten) -> Findings:
    """Report a softmax along axis 0 whose classes are elsewhere."""
    if isinstance(event, HandWritten):
        if event.kind == "batch":
            message = "this cross-entropy is summed over axis 0, the samples of the batch, not the classes"
            yield Finding(event.place, message, event.because)
    elif isinstance(event, ActivationCall):
        yield from _guessed(event)
    elif isinstance(event, LossCall):
        if event.effect.task == "multiclass":
            text = f"{event.name} takes axis 1 for the classes"
            yield from _over_batch(event.prediction, event.place, text)
    elif event.kind in _SAID and isinstance(event.axis, Constant) and event.axis.value == 1:
        yield from _over_batch(event.operand, event.place, _SAID[event.kind])


def _guessed(call: ActivationCall) -> Findings:
    """PyTorch picks axis 0 for vectors and 3-D tensors, axis 1 otherwise, and says not to rely on it."""
    effect = call.effect
    if effect.function not in _SOFTMAX or call.implicit is None:
        return
    message = f"{effect.function} without `dim`: which axis is normalised depends on the number of axes"
    named = Repair("Name the axis", (Keyword(call.implicit, "dim", _axis(call)),))
    yield Finding(call.implicit, message, (), "warning", named)


def _axis(call: ActivationCall) -> str:
    """The classes of scores and of feature maps are on axis 1, of sequences on the last one."""
    shape = call.operand.shape if isinstance(call.operand, Tensor) else None
    return "-1" if shape is not None and shape.rank in (1, 3) else "1"


def _over_batch(prediction: object, place: Place, text: str) -> Findings:
    if isinstance(prediction, Tensor) and prediction.axis == "batch" and prediction.because:
        yield Finding(
            prediction.because[0].place,
            f"this {prediction.function} runs over axis 0, the samples of the batch, not over the classes",
            (*prediction.because, Origin(place, text)),
            repair=Repair("Take axis 1", (Word(prediction.because[0].place, 0, 1),)),
        )
