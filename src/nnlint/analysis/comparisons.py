"""Comparisons of tensors: a threshold on scores is a decision for a class."""

from __future__ import annotations

from nnlint.analysis.data_events import NanComparison
from nnlint.analysis.machine import Machine
from nnlint.analysis.measure_events import Decision
from nnlint.analysis.thresholds import compared_with, counted, number_of
from nnlint.analysis.values import Constant, External, Origin, Place, Tensor, Value
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge import index
from nnlint.knowledge.spec import Scale

__all__ = ["PREDICTED", "compared", "with_nan"]

PREDICTED = "predict"
"""What made a tensor that is the answer of a model, also after a decision for classes."""

_SCORED = frozenset({Scale.LOGITS, Scale.PROBABILITIES})
_IDENTITY = frozenset({"==", "!=", "is", "is not"})
_SAME = frozenset({"is", "is not"})
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
        by = PREDICTED if scores.by == PREDICTED else ""
        return Tensor(place, function="class ids", because=because, made="op", by=by, attached=False)
    return Tensor(place, made="op", attached=False)


def with_nan(machine: Machine, node: ir.Compare, left: Value, right: Value) -> None:
    """NaN equals nothing, itself included."""
    sides = (left, node.left, node.rights[0]), (right, node.rights[0], node.left)
    for value, expr, other in sides:
        if isinstance(value, External) and value.name in index.nans() and node.ops[0] in _IDENTITY:
            if node.ops[0] in _SAME and not _spelled(expr, value):
                continue  # whether two names mean one object can be asked of any object
            place, compared_with = machine.place(node.id), machine.place(other.id)
            machine.emit(NanComparison(place, node.ops[0], spell(expr), compared_with))


def _spelled(expr: ir.Expr, value: External) -> bool:
    """Whether the code names NaN itself, not a variable that holds it."""
    return spell(expr).rpartition(".")[2].lower() == value.name.rpartition(".")[2].lower()
