"""Methods of tables and arrays that choose, drop or draw rows and columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nnlint.analysis.above import above
from nnlint.analysis.containers import known_items
from nnlint.analysis.data_events import SplitCall
from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.orders import draw_order
from nnlint.analysis.provenance import DRAWN, chosen, joined, spelled, with_columns
from nnlint.analysis.rows import column_names
from nnlint.analysis.values import (
    Constant,
    Instance,
    List,
    Method,
    Provenance,
    Rows,
    Step,
    Tensor,
    Tuple,
    Value,
)
from nnlint.ir import nodes as ir

__all__ = ["SPECIAL", "in_place", "put_back", "subset"]


def in_place(given: Given) -> bool:
    """Whether the call is told to change the table itself."""
    option = given.values.get("inplace")
    return isinstance(option, Constant) and option.value is True


def put_back(given: Given, result: Tensor) -> None:
    """``table.method(inplace=True)``."""
    func = given.node.func
    if not isinstance(func, ir.Attr):
        return
    target = func.value
    if isinstance(target, (ir.Name, ir.Attr)):
        above.assign_to(given.machine, target, result)
    elif isinstance(target, ir.Index) and len(target.items) == 1 and isinstance(target.items[0], ir.Const):
        owner = given.machine.lookup(target.value.name) if isinstance(target.value, ir.Name) else None
        if isinstance(owner, Tensor):
            above.write_back(given.machine, target, owner, Constant(target.items[0].value), result)


def subset(given: Given, dataset: Value) -> None:
    """``Subset(dataset, train_rows)``: what an object holds is divided by the numbers of its rows."""
    rows = given.values.get("indices")
    split = rows.data.split if isinstance(rows, Tensor) and rows.data is not None else None
    held = dataset.attrs.values() if isinstance(dataset, Instance) else ()
    arrays = tuple(value for value in held if isinstance(value, Tensor) and value.data is not None)
    if split is not None and arrays:
        given.machine.emit(SplitCall(split.place, "the split of its rows", arrays, None))


def _drop(given: Given, table: Tensor, data: Provenance) -> Value | None:
    """``drop``: columns by name, or the rows of another part."""
    positional = given.args.positional
    labels = given.values.get("labels")
    axis = given.values.get("axis", positional[1] if len(positional) > 1 else None)
    columns = given.values.get("columns")
    if columns is None and isinstance(axis, Constant) and axis.value in {1, "columns"}:
        columns = labels
    if columns is not None:
        names = column_names(columns)
        if in_place(given):
            given.machine.feed.take_out(data.root, names)
        data = data._replace(columns=None) if names is None else with_columns(data, names, False)
    elif (
        isinstance(labels, Method)
        and isinstance(labels.receiver, Tensor)
        and labels.receiver.data is not None
    ):
        taken = labels.receiver.data
        if taken.root == data.root and len(taken.rows) > len(data.rows):
            rest = Rows("rest", taken.rows[len(data.rows)].key)
            data = data._replace(rows=(*data.rows, rest), role="part" if data.role == "all" else data.role)
    elif labels is not None:
        data = data._replace(
            columns=data.columns if data.columns is None or not isinstance(labels, List) else None
        )
    result = replace(table, place=given.place, made="data", data=data)
    if in_place(given):
        put_back(given, result)
        return Constant(None)
    return result


def _pop(given: Given, table: Tensor, data: Provenance) -> Value | None:
    names = column_names(given.operand("item"))
    if names is None:
        return None
    given.machine.feed.take_out(data.root, names)
    put_back(given, replace(table, data=with_columns(data, names, False)))
    return replace(table, place=given.place, made="data", data=with_columns(data, names, True))


def _sample(given: Given, table: Tensor, data: Provenance) -> Value | None:
    """``sample``: all rows in another order, some of them, or some of them several times."""
    values = given.values
    replacing = values.get("replace")
    if isinstance(replacing, Constant) and replacing.value is True:
        step = Step(given.place, "resampler", "sample(replace=True)", 0, data.role, False, False)
        data = data._replace(steps=(*data.steps, step))
    frac = values.get("frac")
    if isinstance(frac, Constant) and frac.value == 1:
        data = data._replace(order=(*data.order, draw_order(given, "random_state")))
    else:
        data = chosen(data, "some", (DRAWN, given.place), given.place)
    return replace(table, place=given.place, made="data", data=data)


def _append(given: Given, table: Tensor, data: Provenance) -> Value | None:
    other = given.args.positional[0] if given.args.positional else None
    if isinstance(other, Tensor) and other.data is not None:
        return replace(table, place=given.place, data=joined([data, other.data], given.place))
    return Tensor(given.place, made="data")


def _pieces(given: Given, table: Tensor, data: Provenance) -> Value | None:
    """``np.split(x, [n])``: the parts between the cuts."""
    cuts = given.values.get("indices_or_sections")
    if not isinstance(cuts, (List, Tuple)):
        return None
    number = len(known_items(given.machine, cuts)) + 1
    parts = []
    for position in range(number):
        rows = (*data.rows, Rows("part", (given.place, position)))
        role = "part" if data.role == "all" else data.role
        parts.append(replace(table, place=given.place, made="data", data=data._replace(rows=rows, role=role)))
    return Tuple(tuple(parts))


def _first_rows(given: Given, table: Tensor, data: Provenance) -> Value | None:
    """``head(n)``, as ``[:n]``."""
    return _end(given, table, data, "head", "")


def _last_rows(given: Given, table: Tensor, data: Provenance) -> Value | None:
    """``tail(n)``, as ``[-n:]``."""
    return _end(given, table, data, "tail", "-")


def _end(given: Given, table: Tensor, data: Provenance, kind: str, sign: str) -> Value | None:
    args = [*given.node.args, *(expr for _, expr in given.node.keywords)]
    data = chosen(data, kind, sign + (spelled(args[0]) if args else "5"), given.place)
    return replace(table, place=given.place, made="data", data=data)


SPECIAL: dict[str, Callable[[Given, Tensor, Provenance], Value | None]] = {
    "append": _append,
    "array_split": _pieces,
    "drop": _drop,
    "head": _first_rows,
    "pop": _pop,
    "sample": _sample,
    "split": _pieces,
    "tail": _last_rows,
    "vsplit": _pieces,
}
