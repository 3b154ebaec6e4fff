"""Choosing rows and columns by indexing, writing columns back, and what names say of a choice."""

from __future__ import annotations

import re
from dataclasses import replace

from nnlint.analysis.above import above
from nnlint.analysis.adapting import note_split
from nnlint.analysis.data_events import SplitCall
from nnlint.analysis.limits import LIMITS
from nnlint.analysis.machine import Machine
from nnlint.analysis.overlaps import note_overlap
from nnlint.analysis.provenance import DRAWN, Drawn, chosen, spelled, with_columns, word_role, written
from nnlint.analysis.values import (
    Columns,
    Constant,
    List,
    Place,
    Provenance,
    Split,
    Step,
    Tensor,
    Tuple,
    Value,
)
from nnlint.ir import nodes as ir

__all__ = ["column_names", "named", "part_of_data", "write_back"]

_WHOLE = frozenset({"iloc", "loc", "values", "at", "iat"})
_TUNED = re.compile(r"(^|_)(cal|calib|calibration|tune|tuning)(_|$)")
"""Held-out rows that something more is learnt from: a calibrator, a threshold."""
_CUTS = frozenset({"head", "tail", "some", "rest", "part"})


def column_names(key: Value | None) -> frozenset[str] | None:
    """The columns a key names, if it names nothing but columns."""
    if isinstance(key, Constant) and isinstance(key.value, str):
        return frozenset({key.value})
    if isinstance(key, (List, Tuple)):
        held = key if isinstance(key, Tuple) else key.attrs.get("items")
        names = held.items if isinstance(held, Tuple) else ()
        if names and all(isinstance(name, Constant) and isinstance(name.value, str) for name in names):
            return frozenset(str(name.value) for name in names if isinstance(name, Constant))
    return None


def part_of_data(data: Provenance, keys: list[Value], node: ir.Index, place: Place) -> Provenance:
    """The provenance of ``value[keys]``."""
    names = column_names(keys[0]) if len(keys) == 1 else None
    if names is not None:
        return with_columns(data, names, True)
    data = _rows(data, keys[0], node.items[0], place)
    if len(keys) > 1:
        names = column_names(keys[1])
        if names is not None:
            return with_columns(data, names, True)
        if not all(map(_takes_all, node.items[1:])):
            counted = _counted(data.columns, keys[1], node.items[1]) if len(keys) == 2 else None
            data = data._replace(columns=counted)
    return data


def _takes_all(item: ir.Expr) -> bool:
    return (
        isinstance(item, ir.Slice) and item.upper is None and _is_start(item.lower) and _is_order(item.step)
    )


def _is_order(step: ir.Expr | None) -> bool:
    """Whether a step leaves nothing out: none, 1, or backwards."""
    return step is None or spelled(step) in {"None", "1", "-1"}


def _is_start(expr: ir.Expr | None) -> bool:
    return expr is None or (isinstance(expr, ir.Const) and expr.value in {0, None})


def _counted(columns: Columns | None, key: Value, item: ir.Expr) -> Columns | None:
    """The columns at known places: ``[:, -1]``, ``[:, 1:5]``."""
    if columns is None or columns.of is not None:
        return None
    if isinstance(item, ir.Slice):
        bounds = [_number(bound) for bound in (item.lower, item.upper)]
        known = "?" not in bounds and _number(item.step) == ""
        return Columns(frozenset({":".join(bounds)}), True, of=columns) if known else None
    known = isinstance(key, Constant) and type(key.value) is int
    return Columns(frozenset({str(key.value)}), True, of=columns) if known else None  # type: ignore[attr-defined]


def _number(expr: ir.Expr | None) -> str:
    """A bound of a slice as it is written, "" for none, "?" for anything but a number."""
    text = spelled(expr)
    return text if text.removeprefix("-").isdecimal() else "" if text in {"", "None"} else "?"


def _rows(data: Provenance, key: Value, item: ir.Expr, place: Place) -> Provenance:
    if isinstance(item, ir.Slice):
        return _cut(data, item, place)
    if isinstance(key, List):
        key = key.attrs.get("shuffled", key)
    if isinstance(key, Tensor):
        if key.made == "permutation":
            assert key.place is not None
            order = Drawn((key.function,), key.place) if key.function else key.place
            return data._replace(order=(*data.order, order))
        if key.made == "index" and key.place is not None:
            return chosen(data, key.by, key.place, place)
        if key.made == "columns":
            return data._replace(columns=None)
        drawn = key.place is not None and key.by.endswith("random.choice")
        return chosen(data, "some", (DRAWN, key.place) if drawn else place, place)
    if isinstance(key, Constant) and key.value is None:
        return data
    some = chosen(data, "some", (place, _named(item)), place)
    # An unknown key may name columns or choose rows; what is turned round chooses rows.
    return some if isinstance(item, ir.Unary) and item.op == "~" else some._replace(columns=None)


def _named(item: ir.Expr) -> str:
    """``table[[name]]`` takes what ``table[name]`` takes."""
    if isinstance(item, ir.Sequence) and len(item.items) == 1:
        return spelled(item.items[0])
    return spelled(item)


def _cut(data: Provenance, item: ir.Slice, place: Place) -> Provenance:
    lower, upper, stride = item.lower, item.upper, item.step
    if stride is not None and not (isinstance(stride, ir.Const) and stride.value in {None, 1, -1}):
        return chosen(data, "some", ":".join(map(spelled, (lower, upper, stride))), place)
    from_start = lower is None or (isinstance(lower, ir.Const) and lower.value == 0)
    to_end = upper is None or _is_length(upper)
    if from_start and to_end:
        return data
    if from_start:
        return chosen(data, "head", spelled(upper), place)
    if to_end:
        return chosen(data, "tail", spelled(lower), place)
    return chosen(data, "some", f"{spelled(lower)}:{spelled(upper)}", place)


def _is_length(expr: ir.Expr) -> bool:
    if isinstance(expr, ir.Call):
        return isinstance(expr.func, ir.Name) and expr.func.name == "len"
    return isinstance(expr, ir.Index) and isinstance(expr.value, ir.Attr) and expr.value.name == "shape"


def write_back(machine: Machine, target: ir.Expr, owner: Tensor, key: Value | None, value: Value) -> None:
    """``table[key] = value``: the table has gone through what `value` went through."""
    if owner.data is None:
        return
    names = column_names(key)
    if isinstance(value, Tensor) and value.data is not None and value.made != "statistic":
        data = written(owner.data, _by_columns(value.data, owner.data, target), names)
    elif names is not None and owner.data.columns is not None:
        data = written(owner.data, owner.data, names)
    else:
        return
    if data == owner.data:
        return
    known = data if len(data.steps) <= LIMITS.columns else None
    inner = target
    while isinstance(inner, (ir.Index, ir.Attr)):
        if isinstance(inner, ir.Attr) and inner.name not in _WHOLE:
            break
        inner = inner.value
    if isinstance(inner, (ir.Name, ir.Attr)):
        above.assign_to(machine, inner, replace(owner, data=known))


def _by_columns(data: Provenance, owner: Provenance, target: ir.Expr) -> Provenance:
    """``table[key] = change(table[key])``: an unknown key that is read and written names columns."""
    text = _named(target.items[0]) if isinstance(target, ir.Index) else ""

    def whole(step: Step) -> Step:
        rows = step.rows
        last = rows[-1] if rows and rows[:-1] == owner.rows else None
        read = last.key if last is not None and last.kind == "some" else None
        return step._replace(rows=owner.rows) if isinstance(read, tuple) and read[1:] == (text,) else step

    return data._replace(steps=tuple(map(whole, data.steps)))


def _divided(machine: Machine, value: Tensor, data: Provenance, role: str) -> None:
    """Rows chosen twice from the same data, once for training and once for testing, are a split."""
    whole = data._replace(rows=data.rows[:-1], role="all" if data.role == "part" else data.role, split=None)
    roles = machine.feed.divided.setdefault((data.root, whole.rows), set())
    roles.add(role)
    if {"train", role} <= roles and role != "train" and value.place is not None:
        arrays = (replace(value, data=whole),)
        note_split(machine, SplitCall(value.place, "the division by hand", arrays, False))


def named(machine: Machine, value: Tensor, name: str) -> Tensor:
    """What a name says of data whose rows were chosen, or that were read or made as a whole."""
    data = value.data
    assert data is not None
    if data.rows and data.rows[-1].kind in _CUTS and data.role in {"all", "part", "train"}:
        role = word_role(name)
        if role and role != data.role and (data.role != "train" or role == "validation"):
            split = data.split or Split(value.place or machine.place(0), data.root)
            _divided(machine, value, data, role)
            cut = replace(value, data=data._replace(role=role, split=split))
            note_overlap(machine, cut, name)
            return cut
    elif data.role == "test" and (word_role(name) == "validation" or _TUNED.search(name)):
        return replace(value, data=data._replace(role="validation"))
    elif not data.rows and not data.hint and data.role == "all" and data.root == value.place:
        role = word_role(name)
        if role:
            return replace(value, data=data._replace(hint=role))
    return value
