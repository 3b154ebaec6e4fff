"""Tables and arrays of data: what keeps, joins, reduces, reorders or resamples them."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.calls import Args, call_value
from nnlint.analysis.containers import known_items
from nnlint.analysis.data_events import Paired
from nnlint.analysis.effects import operations
from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.layers import as_tensor
from nnlint.analysis.effects.pipelines import as_dataset, pipelined
from nnlint.analysis.effects.selecting import SPECIAL, in_place, put_back, subset
from nnlint.analysis.grouping import encoded, grouped, is_grouped, reduced, spread
from nnlint.analysis.provenance import (
    UNKNOWN_ORDER,
    begun,
    chosen,
    joined,
    learnt_from,
    side_by_side,
)
from nnlint.analysis.scaling import DESCRIPTION, by_hand
from nnlint.analysis.shuffles import grown
from nnlint.analysis.values import (
    Constant,
    External,
    Function,
    List,
    Provenance,
    Step,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge import index

__all__ = ["compute", "keep", "statistic"]

_PAIRING = frozenset({"TensorDataset", "from_tensor_slices"})
_BESIDE = frozenset({"hstack", "column_stack", "c_"})
_BELOW = frozenset({"vstack", "row_stack", "append", "extend"})
_JOINS = frozenset({"concat", "concatenate", "hstack", "vstack", "column_stack", "row_stack"})
_OTHER_COLUMNS = frozenset(
    {
        "assign",
        "explode",
        "filter",
        "get",
        "get_dummies",
        "join",
        "merge",
        "reindex",
        "rename",
        "select_dtypes",
        "set_axis",
        "set_index",
        "to_records",
        "transpose",
        "T",
        "squeeze",
        "reshape",
        "ravel",
        "flatten",
    }
)
_FILLS = frozenset({"fillna", "dropna", "ffill", "bfill", "interpolate", "nan_to_num", "where", "mask"})
_ELEMENTWISE = frozenset(
    {
        "apply",
        "applymap",
        "map",
        "abs",
        "shift",
        "diff",
        "pct_change",
        "clip",
        "to_categorical",
        "log",
        "astype",
    }
)
_IN_TIME = frozenset({"shift", "diff", "pct_change"})


def keep(given: Given) -> Value:
    """A call that keeps what the data are, but perhaps not all rows, columns or values of them."""
    effect_operand = given.operand(given.entry.does.operand)  # type: ignore[union-attr]
    name = given.name.rpartition(".")[2]
    if given.entry.isa == "tensorflow.data.Dataset":
        found = pipelined(given, effect_operand, name)
        return as_dataset(_kept_at_all(given, effect_operand, name)) if found is None else found
    return _kept_at_all(given, effect_operand, name)


def _kept_at_all(given: Given, effect_operand: Value, name: str) -> Value:
    if name == "Subset":
        subset(given, effect_operand)
    if name in _PAIRING and isinstance(effect_operand, (Tuple, List)):
        return _paired(given, known_items(given.machine, effect_operand), name)
    if name == "resample" and isinstance(effect_operand, Tuple):
        return _resampled(given, effect_operand.items)
    if isinstance(effect_operand, (Tuple, List)):
        collected = grown(effect_operand)
        found = _together(given, known_items(given.machine, effect_operand), name)
        if collected is not None and not (isinstance(found, Tensor) and found.by in _JOINS):
            items = known_items(given.machine, effect_operand)
            roots = (item.data.root for item in items if isinstance(item, Tensor) and item.data is not None)
            if collected.raw or all(root == collected.root for root in roots):
                return Tensor(given.place, made="op", data=collected)
        return operations.keep(given) if found is None else found
    if not isinstance(effect_operand, Tensor) or effect_operand.data is None:
        return operations.keep(given)
    special = SPECIAL.get(name)
    if special is not None:
        found = special(given, effect_operand, effect_operand.data)
        if found is not None:
            return found
    result = operations.keep(given)
    if isinstance(result, Tensor) and result.data is not None:
        result = _kept(given, result, result.data, name)
        if in_place(given):
            put_back(given, result)
    return result


def _stays_dropped(name: str, data: Provenance) -> bool:
    """Whether all columns but some are there still, be it as several: what was dropped does not come back."""
    return name == "get_dummies" and data.columns is not None and not data.columns.only


def _kept(given: Given, result: Tensor, data: Provenance, name: str) -> Tensor:
    if name in _OTHER_COLUMNS and not _stays_dropped(name, data):
        data = data._replace(columns=None)
    if name in _FILLS:
        if data.root is not None:
            given.machine.feed.looked_at.add(data.root)
        data = _filled(given, data)
    if name in {"merge", "join"} and given.args.positional:
        data = encoded(given.machine, data, given.args.positional[0], given.place)
    return replace(result, data=data)


def _filled(given: Given, data: Provenance) -> Provenance:
    """Missing values filled with a statistic of some rows."""
    value = given.values.get("value")
    if isinstance(value, Tensor) and value.made == "statistic" and value.data is not None:
        func = given.node.func
        text = spell(func.value) if isinstance(func, ir.Attr) else ""
        by_hand(given.machine, given.place, "fillna", data, value, text)
        step = learnt_from(value.data, given.place, "imputer", f"fillna({value.by})", value.place)
        return data._replace(steps=(*data.steps, step))
    return data


def _together(given: Given, items: tuple[Value, ...], name: str) -> Value | None:
    """Several arrays made one."""
    parts = [item.data for item in items if isinstance(item, Tensor) and item.data is not None]
    if name == "array" and not any(isinstance(item, Tensor) for item in items) and items:
        plain = all(isinstance(item, (Constant, List, Tuple)) for item in items)
        data = begun(given.place) if plain else begun(given.place)._replace(order=UNKNOWN_ORDER)
        return Tensor(given.place, made="op", data=data)
    if not parts or name not in _JOINS:
        return None
    axis = given.args.keywords.get(
        "axis", given.args.positional[1] if len(given.args.positional) > 1 else None
    )
    beside = name in _BESIDE or (isinstance(axis, Constant) and axis.value not in {0, "index", "rows", None})
    if not beside and axis is not None and not isinstance(axis, Constant):
        return None
    if beside:
        return Tensor(given.place, made="data", by=name, data=side_by_side(parts))
    if len(parts) != len(items):
        return Tensor(given.place, made="data", by=name, data=None)
    whole = joined(parts, given.place)
    if name not in _BELOW or name == "vstack":
        whole = _with_copies(given, whole, parts, name)
    return Tensor(given.place, made="data", by=name, data=whole)


def _with_copies(given: Given, whole: Provenance, parts: list[Provenance], name: str) -> Provenance:
    """Rows below rows of the same data: some are there twice, as they are or changed."""
    for position, one in enumerate(parts):
        for other in parts[position + 1 :]:
            fewer, more = sorted((one, other), key=lambda part: len(part.rows))
            alike = one.columns is not None and one.columns[:2] == (other.columns or ())[:2]
            if alike and one.root == other.root and more.rows[: len(fewer.rows)] == fewer.rows:
                step = Step(given.place, "resampler", name, 0, whole.role, False, False)
                return whole._replace(steps=(*whole.steps, step))
    return whole


def _paired(given: Given, items: tuple[Value, ...], name: str) -> Value:
    """Samples and their labels in one data set."""
    known = [item.data for item in items if isinstance(item, Tensor) and item.data is not None]
    if not known:
        return operations.keep(given)
    if len(items) == len(known) == 2:
        given.machine.emit(Paired(given.place, name, known[0], known[1]))
    return Tensor(given.place, made="data", by=name, data=known[0]._replace(columns=None))


def _resampled(given: Given, arrays: tuple[Value, ...]) -> Value:
    """`sklearn.utils.resample`: rows drawn with replacement, unless that is switched off."""
    option = given.values.get("replace")
    replacing = option is None or (isinstance(option, Constant) and option.value is True)
    results: list[Value] = []
    for array in arrays:
        data = array.data if isinstance(array, Tensor) else None
        if data is None:
            results.append(Unknown(given.place))
            continue
        assert isinstance(array, Tensor)
        if replacing:
            step = Step(given.place, "resampler", "resample", 0, data.role, False, False)
            data = data._replace(steps=(*data.steps, step))
        else:
            data = chosen(data, "some", given.place, given.place)
        results.append(replace(array, place=given.place, made="data", data=data))
    return results[0] if len(results) == 1 else Tuple(tuple(results))


def statistic(given: Given) -> Value:
    """A statistic of data over their rows; one of each row alone learns nothing from the others."""
    effect = given.entry.does
    operand = given.operand(effect.operand)  # type: ignore[union-attr]
    if isinstance(operand, Tensor) and is_grouped(operand):
        return reduced(operand, given.place)
    of_data = isinstance(operand, Tensor) and operand.data is not None and operand.measure is None
    if of_data and as_tensor(operand).function != "exp" and _within_rows(given):
        return Tensor(given.place, made="op")
    method = given.receiver is operand or given.name.startswith("numpy.")
    if isinstance(operand, Unknown) and operand.place is not None and method:
        data = Provenance(operand.place, "", "", None)
        return Tensor(given.place, made="statistic", by=effect.function, data=data)  # type: ignore[union-attr]
    return operations.statistic(given)


def _within_rows(given: Given) -> bool:
    axis = given.get(given.entry.does.axis) if given.entry.does.axis else None  # type: ignore[union-attr]
    if isinstance(axis, Constant):
        return (
            isinstance(axis.value, (int, str))
            and axis.value not in (0, "index", "rows")
            and axis.value is not None
        )
    if isinstance(axis, (Tuple, List)):
        items = known_items(given.machine, axis)
        return bool(items) and Constant(0) not in items and all(isinstance(item, Constant) for item in items)
    return axis is not None and not isinstance(axis, Constant)


def _applied(given: Given, operand: Tensor) -> Tensor | None:
    """``table.apply(change)``: what is done to each column is done to the table."""
    function = given.args.positional[0] if given.args.positional else None
    known = isinstance(function, Function) or (
        isinstance(function, External) and index.find(function.name) is not None
    )
    if not known or function is None or len(given.args.positional) > 1 or given.args.keywords:
        return None
    result = call_value(given.machine, function, Args((operand,), {}, False), given.node)
    same = isinstance(result, Tensor) and result.data is not None and result.made != "statistic"
    return replace(result, place=given.place) if same else None  # type: ignore[type-var,return-value]


def compute(given: Given) -> Value:
    """A computation; element by element it leaves the rows of data what they are."""
    operand = given.operand(given.entry.does.operand)  # type: ignore[union-attr]
    name = given.name.rpartition(".")[2]
    if isinstance(operand, Tensor) and is_grouped(operand):
        how = given.values.get("func")
        return (
            spread(given.machine, operand, how, given.place)
            if name == "transform"
            else reduced(operand, given.place)
        )
    if isinstance(operand, Tensor) and operand.data is not None and operand.made != "statistic":
        data = operand.data
        if name == "groupby":
            return grouped(given.machine, given.place, data)
        if (
            name in {"isnull", "isna", "info", "notna", "notnull", "isnan", "describe"}
            and data.root is not None
        ):
            given.machine.feed.looked_at.add(data.root)
        if name == DESCRIPTION:
            return Tensor(given.place, made="statistic", by=name, data=data)
        if name == "argsort":
            return Tensor(given.place, made="permutation", by=given.name)
        if name == "factorize":
            by = Tensor(given.place, made="statistic", by="codes", data=data)
            by_hand(given.machine, given.place, "encode", data, by, "")
        applied = _applied(given, operand) if name == "apply" else None
        if applied is not None:
            return applied
        if name in _ELEMENTWISE:
            timed = given.place if name in _IN_TIME else data.timed
            if name == "map" and given.args.positional:
                data = encoded(given.machine, data, given.args.positional[0], given.place)
            return replace(
                operand, place=given.place, made="op", by=given.name, data=data._replace(timed=timed)
            )
    return operations.compute(given)
