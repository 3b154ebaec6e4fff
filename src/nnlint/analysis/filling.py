"""Tensors that are made empty and filled item by item: ``outputs[step] = scores``."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.join import join
from nnlint.analysis.machine import Machine
from nnlint.analysis.values import Constant, Place, Tensor, Unknown, Value
from nnlint.ir import nodes as ir
from nnlint.knowledge.spec import Scale

__all__ = ["filled"]

_BLANK = frozenset({"empty", "empty_like", "new_empty", "new_zeros", "zeros", "zeros_like"})
_FILLED = "filled"


def filled(
    machine: Machine, target: ir.Index, owner: Tensor, keys: list[Value], value: Value
) -> Value | None:
    """What a tensor means after items of it were set; None where that changes nothing known."""
    if owner.scale is Scale.PROBABILITIES and isinstance(value, Constant) and _is_mask(target):
        return replace(owner, place=machine.place(target.id), shifted=True)
    blank = owner.made == "variable" and owner.by.rpartition(".")[2] in _BLANK
    if owner.data is not None or isinstance(value, Constant) or not (blank or owner.by == _FILLED):
        return None
    place = machine.place(target.id)
    if not isinstance(value, Tensor) or not _whole_items(target, keys):
        return Tensor(place, made="op", by=_FILLED)
    if owner.by == _FILLED:
        joined = join(owner, _set(value, place))
        return replace(joined, place=place) if isinstance(joined, Tensor) else Unknown(place)
    return _set(value, place)


def _set(value: Tensor, place: Place) -> Tensor:
    return replace(
        value, place=place, made="op", by=_FILLED, units=None, axis="", shape=None, measure=None, data=None
    )


def _is_mask(target: ir.Index) -> bool:
    """``p[p < limit]``: the values beyond a limit, and no others."""
    return len(target.items) == 1 and isinstance(target.items[0], ir.Compare)


def _whole_items(target: ir.Index, keys: list[Value]) -> bool:
    """Whether the index takes whole items along some axes, as ``[t]`` and ``[:, t]``, no mask or range."""
    items = 0
    for node, key in zip(target.items, keys, strict=True):
        if isinstance(node, ir.Slice):
            if (node.lower, node.upper, node.step) != (None, None, None):
                return False
        elif isinstance(key, (Constant, Unknown)) and not isinstance(node, (ir.Compare, ir.Unary)):
            items += 1
        else:
            return False
    return items > 0
