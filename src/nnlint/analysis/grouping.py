"""Statistics of one column by the groups of another: ``table.groupby("city")["price"].mean()``.

A grouped table and the statistic made of it are tensors of a function of their own, whose first origin is the
call of `groupby`; `by` names the column. What they were made of is remembered by that place.
"""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.machine import Machine
from nnlint.analysis.provenance import learnt_from, with_columns
from nnlint.analysis.values import Constant, External, Method, Origin, Place, Provenance, Tensor, Value
from nnlint.knowledge import index

__all__ = [
    "DATASET",
    "PICTURE",
    "column_named",
    "column_of",
    "encoded",
    "grouped",
    "is_dataset",
    "is_grouped",
    "method_of",
    "reduced",
    "spread",
]

DATASET = "data set"
"""The function of a tensor that is one of TensorFlow's data sets."""
PICTURE = "picture"
"""The function of a tensor that is an image of the imaging library."""
_GROUPED = "grouped"
_REDUCED = "reduced by group"
_BY_GROUP = frozenset({"agg", "aggregate", "transform"})
_KEEPING = frozenset({"reset_index", "rename", "round", "to_dict", "to_frame"})
_STATISTICS = frozenset({"mean", "median", "sum", "std", "var", "min", "max"})


def grouped(machine: Machine, place: Place, data: Provenance) -> Tensor:
    """``table.groupby(…)``."""
    machine.feed.grouped[place] = data
    return Tensor(place, function=_GROUPED, because=(Origin(place, "the rows are grouped here"),), made="op")


def is_grouped(value: Value) -> bool:
    """Whether a value is a grouped table."""
    return isinstance(value, Tensor) and value.function == _GROUPED


def is_dataset(value: Value) -> bool:
    """Whether a value is one of TensorFlow's data sets."""
    return isinstance(value, Tensor) and value.function == DATASET


def column_named(value: Tensor, data: Provenance, name: str, place: Place) -> Tensor:
    """``table.price``: a column, where the columns are known."""
    known = data.columns is not None
    return replace(value, place=place, data=with_columns(data, frozenset({name}), True) if known else data)


def column_of(value: Tensor, keys: list[Value]) -> str:
    """The column of a grouped table that is taken."""
    if value.function == _GROUPED and len(keys) == 1 and isinstance(keys[0], Constant):
        return str(keys[0].value)
    return value.by


def method_of(value: Tensor, name: str) -> Method | None:
    """A method of a grouped table, of a statistic by group, or of a data set."""
    if value.function == DATASET:
        known = index.method("tensorflow.data.Dataset", name)
        return Method(value, name=known) if known is not None else None
    if value.function == PICTURE:
        known = index.method("PIL.Image.Image", name)
        return Method(value, name=known) if known is not None else None
    if value.function == _GROUPED and name in _BY_GROUP:
        return Method(value, name=f"pandas.core.groupby.SeriesGroupBy.{name}")
    return (
        Method(value, name="pandas.Series.copy") if value.function == _REDUCED and name in _KEEPING else None
    )


def reduced(value: Tensor, place: Place) -> Tensor:
    """One number for each group."""
    return replace(value, place=place, function=_REDUCED)


def spread(machine: Machine, value: Tensor, how: Value | None, place: Place) -> Tensor:
    """``transform("mean")``: the number of its group for each row."""
    name = how.value if isinstance(how, Constant) else how.name if isinstance(how, External) else ""
    name = str(name).rpartition(".")[2]
    data = machine.feed.grouped.get(value.because[0].place)
    if name not in _STATISTICS or data is None:
        return Tensor(place, made="op")
    column = with_columns(data, frozenset({value.by}), True)
    return Tensor(place, made="op", data=encoded(machine, column, reduced(value, place), place))


def encoded(machine: Machine, data: Provenance, statistic: Value | None, place: Place) -> Provenance:
    """Data in which groups are replaced by, or joined with, a statistic of another column over them."""
    if not isinstance(statistic, Tensor) or statistic.function != _REDUCED or not statistic.by:
        return data
    source = machine.feed.grouped.get(statistic.because[0].place)
    if source is None:
        return data
    name = f"the statistic of `{statistic.by}` by group"
    step = learnt_from(source, place, "group", name, statistic.because[0].place)._replace(about=statistic.by)
    return data._replace(steps=(*data.steps, step))
