"""Facts about losses, metrics and decisions, for the rules about what is measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from nnlint.analysis.sealed import sealed
from nnlint.analysis.values import Origin, Place, Tensor, Value

if TYPE_CHECKING:
    from nnlint.analysis.events import LossCall, Path
    from nnlint.knowledge.spec import Metric

__all__ = [
    "Accumulated", "Decision", "HandWritten", "Hazard", "Judgement", "MeasureEvent", "Thresholds",
    "Watched", "WeightedLog",
]  # fmt: skip


@sealed(frozen=True, slots=True)
class Judgement:
    """A metric was computed.

    words: the names of both in the code, "" for other expressions. handed: the call that handed both to the
    function in which the metric is computed.
    """

    place: Place
    name: str
    effect: Metric
    prediction: Value
    target: Value
    words: tuple[str, str]
    handed: Place | None = None


@sealed(frozen=True, slots=True)
class Decision:
    """Scores became hard classes. threshold: what they were compared with.

    kind "counted": what a comparison decided was compared with the truth, or averaged: an accuracy.
    "picked": the numbers of some classes were taken out, or that of the largest.
    """

    place: Place
    name: str
    kind: Literal["argmax", "round", "compare", "counted", "picked"]
    operand: Tensor
    threshold: Value | None
    axis: Value | None
    guarded: bool = False
    """It stands on one branch of a condition that may depend on the operand."""
    squashed: Place | None = None
    """Where raw scores of the same layer go through a sigmoid, or a loss that applies one."""


@dataclass(slots=True)
class Thresholds:
    """What is known of thresholds on raw scores during a run.

    squashed: where the scores of a layer go through a sigmoid, by the place of the layer. waiting: decisions
    on scores of which that is not known yet. decisions: all of them, by place. counted: where each was first
    counted.
    """

    squashed: dict[Place, Place] = field(default_factory=dict)
    waiting: dict[Place, list[Decision]] = field(default_factory=dict)
    decisions: dict[Place, Decision] = field(default_factory=dict)
    counted: dict[Place, Place] = field(default_factory=dict)


@sealed(frozen=True, slots=True)
class WeightedLog:
    """A logarithm of raw scores was multiplied with something: the cross-entropy of a textbook, by hand.

    place: the logarithm, or the call of the function that takes it. logarithm: the logarithm itself.
    """

    place: Place
    logarithm: Place
    because: tuple[Origin, ...]


@sealed(frozen=True, slots=True)
class Hazard:
    """A quotient of exponentials of raw scores: infinity over infinity once one score is large."""

    place: Place
    function: str
    because: tuple[Origin, ...]


@sealed(frozen=True, slots=True)
class HandWritten:
    """A cross-entropy written out, reduced along an axis that does not fit. kind: "batch" or "swapped"."""

    place: Place
    kind: Literal["batch", "swapped"]
    because: tuple[Origin, ...]


@sealed(frozen=True, slots=True)
class Watched:
    """A Keras model was compiled with a loss and a metric, both for the same output.

    options: the parameters that the metric was given.
    """

    place: Place
    metric: str
    canonical: str
    loss: LossCall
    options: tuple[str, ...] = ()


@sealed(frozen=True, slots=True)
class Accumulated:
    """``total += loss`` in a loop, with a loss that `backward` was called on. added: the loss, as written."""

    place: Place
    name: str
    loss: str
    because: Origin
    path: Path | None
    added: Place


MeasureEvent = Judgement | Decision | Hazard | HandWritten | WeightedLog | Watched | Accumulated
