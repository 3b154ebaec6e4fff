"""Thresholds on raw scores: they are wrong only where the same scores are trained as logits.

A linear output may also be trained with a squared error on 0 and 1, and then 0.5 is its middle. So a
threshold waits until the layer that gave the scores is known to feed a sigmoid or a loss on logits.
"""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.machine import Machine
from nnlint.analysis.measure_events import Decision
from nnlint.analysis.values import Constant, Place, Tensor, Value
from nnlint.knowledge.spec import Scale

__all__ = ["ALL", "compared_with", "counted", "number_of", "trained_as_logits"]

ALL = "all "
"""Begins what made a tensor of nothing but one number: `ones_like(x) * 0.5` is \"all 0.5\"."""


def trained_as_logits(machine: Machine, scores: Value, place: Place) -> None:
    """Raw scores go to a sigmoid, or to a loss that applies one."""
    if not isinstance(scores, Tensor) or scores.scale is not Scale.LOGITS or not scores.because:
        return
    layer = scores.because[0].place
    machine.thresholds.squashed.setdefault(layer, place)
    for waiting in machine.thresholds.waiting.pop(layer, ()):
        machine.emit(replace(waiting, squashed=place))


def compared_with(machine: Machine, decision: Decision) -> None:
    """Scores are compared with a threshold."""
    operand = decision.operand
    if decision.kind == "compare":
        machine.thresholds.decisions[decision.place] = decision
    if operand.scale is not Scale.LOGITS or not operand.because:
        machine.emit(decision)
        return
    layer = operand.because[0].place
    squashed = machine.thresholds.squashed.get(layer)
    if squashed is not None:
        machine.emit(replace(decision, squashed=squashed))
    else:
        machine.thresholds.waiting.setdefault(layer, []).append(decision)


def counted(machine: Machine, value: Value | None, place: Place) -> None:
    """What a threshold decided is compared with the truth, or averaged."""
    if isinstance(value, Tensor) and value.function == "class ids" and value.because:
        decision = machine.thresholds.decisions.get(value.because[0].place)
        if decision is not None and machine.thresholds.counted.setdefault(decision.place, place) == place:
            compared_with(machine, replace(decision, place=place, kind="counted"))


def number_of(value: Value | None) -> Value | None:
    """The number that a tensor consists of, as a constant; any other value as it is."""
    if isinstance(value, Tensor) and value.by.startswith(ALL):
        return Constant(float(value.by.removeprefix(ALL)))
    return value
