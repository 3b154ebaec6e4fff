"""Losses, metrics, and what is minimised."""

from __future__ import annotations

from nnlint.analysis.effects.given import Given
from nnlint.analysis.events import LossCall, MinimizeCall
from nnlint.analysis.values import Built, Constant, Measure, Place, Tensor, Unknown, Value
from nnlint.ir.spell import spell
from nnlint.knowledge import spec
from nnlint.knowledge.spec import Scale

__all__ = ["loss", "metric", "minimize", "wanted"]


def wanted(effect: spec.Loss, from_logits: Value | None) -> tuple[Scale | None, str]:
    """The scale a loss needs and the activation it applies under its `from_logits` option.

    Returns (None, "") where the option is not known.
    """
    if not effect.from_logits:
        return effect.wants, effect.applies if effect.wants is Scale.LOGITS else ""
    if from_logits is None or (isinstance(from_logits, Constant) and not from_logits.value):
        return effect.wants, ""
    if isinstance(from_logits, Constant):
        return Scale.LOGITS, effect.applies
    return None, ""


def loss(given: Given) -> Value:
    """Compute a loss."""
    effect = given.entry.does
    assert isinstance(effect, spec.Loss)
    built = given.receiver if isinstance(given.receiver, Built) else None
    option = built.args.get(effect.from_logits) if built is not None else given.get(effect.from_logits)
    wants, applies = wanted(effect, option if effect.from_logits else None)
    if built is not None and "open" in built.attrs and effect.from_logits:
        wants, applies = None, ""
    prediction = given.operand(effect.prediction)
    target = given.get(effect.target)
    name = given.name.rpartition(".")[2]
    made: Place | None = built.place if built is not None else None
    given.machine.emit(
        LossCall(given.place, name, effect, wants, applies, prediction, target, made, given.machine.path)
    )
    measure = Measure(name, given.place, 1, False, True)
    return Tensor(given.place, made="loss", by=spell(given.node.func) or name, measure=measure)


def metric(given: Given) -> Value:
    """Compute a metric."""
    name = given.name.rpartition(".")[2]
    return Tensor(given.place, made="op", by=name)


def minimize(given: Given) -> Value:
    """Differentiate or minimise a loss."""
    effect = given.entry.does
    assert isinstance(effect, spec.Minimize)
    value = given.operand(effect.loss)
    optimizer = given.receiver if isinstance(given.receiver, Built) else None
    ascends = _ascends(optimizer)
    measure = value.measure if isinstance(value, Tensor) else None
    name = spell(given.node.func) or given.name.rpartition(".")[2]
    given.machine.emit(MinimizeCall(given.place, name, value, measure, ascends, given.machine.path))
    return Unknown(given.place)


def _ascends(optimizer: Built | None) -> Place | None:
    if optimizer is None or not isinstance(optimizer.entry.does, spec.Optimizer):
        return None
    option = optimizer.args.get(optimizer.entry.does.maximize)
    return optimizer.place if isinstance(option, Constant) and option.value is True else None
