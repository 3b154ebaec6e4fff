"""Functions of the project that compute a score: something that is better the larger it is."""

from __future__ import annotations

import re
from dataclasses import replace

from nnlint.analysis.machine import Machine
from nnlint.analysis.values import Function, Measure, Place, Tensor, Unknown, Value
from nnlint.ir import nodes as ir
from nnlint.ir.walk import parts

__all__ = ["is_score", "scored"]

_NAMED = re.compile(r"(^|_)(dice|iou|jaccard|tversky|f1|psnr|ssim|likelihood)(_|$)", re.I)
_OTHER = re.compile(r"loss|neg|err|dist|nll|crit|inv|bbox|box", re.I)


def is_score(machine: Machine, function: Function) -> bool:
    """Whether a function is named for a score, and nothing in it turns the score round."""
    key = (function.module.path, function.node.id)
    known = machine.notes.scores.get(key)
    if known is None:
        known = machine.notes.scores[key] = _computes_score(function)
    return known


def _computes_score(function: Function) -> bool:
    node = function.node
    if isinstance(node, ir.Lambda) or not _NAMED.search(node.name) or _OTHER.search(node.name):
        return False
    return not any(map(_turns, parts(node.body)))


def _turns(node: object) -> bool:
    """``1 - x`` or ``-x``, or a name that speaks of a loss."""
    if isinstance(node, ir.Binary):
        return node.op == "-" and isinstance(node.left, ir.Const)
    if isinstance(node, ir.Unary):
        return node.op == "-" and not isinstance(node.operand, ir.Const)
    return isinstance(node, (ir.Name, ir.Attr)) and _OTHER.search(node.name) is not None


def scored(machine: Machine, function: Function, output: Value, place: Place) -> Value:
    """What a function returns, known for a score where it computes one."""
    if not isinstance(output, (Tensor, Unknown)) or not is_score(machine, function):
        return output
    measure = Measure(f"`{function.name}`", place, 1, True, True)
    if isinstance(output, Unknown):
        return Tensor(output.place, made="op", by=function.name, measure=measure)
    return output if output.measure is not None else replace(output, measure=measure)
