"""Comparisons of tensors: a threshold on scores is a decision for a class."""

from __future__ import annotations

from nnlint.analysis.machine import Machine
from nnlint.analysis.measure_events import Decision
from nnlint.analysis.thresholds import compared_with, counted, number_of
from nnlint.analysis.values import Constant, Origin, Place, Tensor, Value
from nnlint.knowledge.spec import Scale

__all__ = ["compared"]

_SCORED = frozenset({Scale.LOGITS, Scale.PROBABILITIES})
_ORDER = frozenset({"<", "<=", ">", ">="})


def compared(machine: Machine, place: Place, op: str, left: Value, right: Value) -> Tensor:
    """``left op right``, with a tensor on at least one side."""
    left, right = number_of(left) or left, number_of(right) or right
    if op in {"==", "!="}:
        counted(machine, left, place)
        counted(machine, right, place)
    scores, threshold = (left, right) if isinstance(left, Tensor) else (right, left)
    if op in _ORDER and isinstance(scores, Tensor) and isinstance(threshold, Constant):
        if scores.scale in _SCORED:
            compared_with(machine, Decision(place, op, "compare", scores, threshold, None))
        because = (Origin(place, "the threshold decides for a class here"),)
        return Tensor(place, function="class ids", because=because, made="op", attached=False)
    return Tensor(place, made="op", attached=False)
