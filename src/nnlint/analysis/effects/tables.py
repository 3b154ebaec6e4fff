"""Tables and arrays of data: what keeps, joins, reduces, reorders or resamples them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nnlint.analysis.containers import known_items
from nnlint.analysis.data_events import Paired
from nnlint.analysis.effects import operations
from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.layers import as_tensor
from nnlint.analysis.grouping import encoded, grouped, is_grouped, reduced, spread
from nnlint.analysis.provenance import (
    UNKNOWN_ORDER,
    Drawn,
    begun,
    chosen,
    joined,
    learnt_from,
    side_by_side,
    spelled,
    with_columns,
)
from nnlint.analysis.rows import column_names
from nnlint.analysis.scaling import DESCRIPTION, by_hand
from nnlint.analysis.shuffles import grown
from nnlint.analysis.values import (
    NONE,
    Built,
    Constant,
    List,
    Method,
    Provenance,
    Rows,
    Step,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell

__all__ = ["compute", "draw_order", "keep", "same_again", "statistic"]

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
    if name in _PAIRING and isinstance(effect_operand, (Tuple, List)):
        return _paired(given, known_items(given.machine, effect_operand), name)
    if name == "resample" and isinstance(effect_operand, Tuple):
        return _resampled(given, effect_operand.items)
    if isinstance(effect_operand, (Tuple, List)):
        collected = grown(effect_operand)
        found = _together(given, known_items(given.machine, effect_operand), name)
        if collected is not None and not (isinstance(found, Tensor) and found.by in _JOINS):
            items = known_items(given.machine, effect_operand)
            if not any(isinstance(item, Tensor) and item.data is not None for item in items):
                return Tensor(given.place, made="op", data=collected)
        return operations.keep(given) if found is None else found
    if not isinstance(effect_operand, Tensor) or effect_operand.data is None:
        return operations.keep(given)
    special = _SPECIAL.get(name)
    if special is not None:
        found = special(given, effect_operand, effect_operand.data)
        if found is not None:
            return found
    result = operations.keep(given)
    if isinstance(result, Tensor) and result.data is not None:
        result = _kept(given, result, result.data, name)
        if _in_place(given):
            _put_back(given, result)
    return result


def _kept(given: Given, result: Tensor, data: Provenance, name: str) -> Tensor:
    if name in _OTHER_COLUMNS:
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


def _in_place(given: Given) -> bool:
    option = given.values.get("inplace")
    return isinstance(option, Constant) and option.value is True


def _put_back(given: Given, result: Tensor) -> None:
    """``table.method(inplace=True)``."""
    from nnlint.analysis.assigning import assign_to
    from nnlint.analysis.rows import write_back

    func = given.node.func
    if not isinstance(func, ir.Attr):
        return
    target = func.value
    if isinstance(target, (ir.Name, ir.Attr)):
        assign_to(given.machine, target, result)
    elif isinstance(target, ir.Index) and len(target.items) == 1 and isinstance(target.items[0], ir.Const):
        owner = given.machine.lookup(target.value.name) if isinstance(target.value, ir.Name) else None
        if isinstance(owner, Tensor):
            write_back(given.machine, target, owner, Constant(target.items[0].value), result)


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
    beside = name in _BESIDE or (isinstance(axis, Constant) and axis.value in {1, -1, "columns"})
    if not beside and axis is not None and not isinstance(axis, Constant):
        return None
    if beside:
        return Tensor(given.place, made="data", by=name, data=side_by_side(parts))
    if len(parts) != len(items):
        return Tensor(given.place, made="data", by=name, data=None)
    return Tensor(given.place, made="data", by=name, data=joined(parts, given.place))


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
    if _in_place(given):
        _put_back(given, result)
        return Constant(None)
    return result


def _pop(given: Given, table: Tensor, data: Provenance) -> Value | None:
    names = column_names(given.operand("item"))
    if names is None:
        return None
    _put_back(given, replace(table, data=with_columns(data, names, False)))
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
        data = chosen(data, "some", given.place, given.place)
    return replace(table, place=given.place, made="data", data=data)


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


_SPECIAL: dict[str, Callable[[Given, Tensor, Provenance], Value | None]] = {
    "append": _append,
    "array_split": _pieces,
    "drop": _drop,
    "pop": _pop,
    "sample": _sample,
    "split": _pieces,
    "vsplit": _pieces,
}


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
        if name == "factorize":
            by = Tensor(given.place, made="statistic", by="codes", data=data)
            by_hand(given.machine, given.place, "encode", data, by, "")
        if name in _ELEMENTWISE:
            timed = given.place if name in _IN_TIME else data.timed
            if name == "map" and given.args.positional:
                data = encoded(given.machine, data, given.args.positional[0], given.place)
            return replace(
                operand, place=given.place, made="op", by=given.name, data=data._replace(timed=timed)
            )
    return operations.compute(given)


def draw_order(given: Given, param: str = "") -> object:
    """What a shuffle does to the order: the same for the same seed, otherwise a new one each time."""
    state = given.values.get(param) if param else None
    if state is not None and not (isinstance(state, Constant) and state.value is None):
        for name, expr in given.node.keywords:
            if name == param:
                return Drawn((spelled(expr),), given.place)
    return same_again(given)


def same_again(given: Given) -> object:
    """An order drawn from the global generator, known by the seed it was set to and the draws since.

    A generator of its own is known by its own seed.
    """
    machine = given.machine
    generator = given.receiver
    if isinstance(generator, Built):
        draws = machine.feed.draws[generator.serial] = machine.feed.draws.get(generator.serial, 0) + 1
        seed = generator.args.get("seed", NONE)
        return given.place if seed == NONE else Drawn((seed, draws), given.place)
    if machine.seeded:
        machine.drawn += 1
        return Drawn((machine.seeded, machine.drawn), given.place)
    return given.place
