"""Lists, tuples, dicts and iteration."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.grouping import column_of, is_dataset
from nnlint.analysis.join import join_all
from nnlint.analysis.limits import LIMITS
from nnlint.analysis.machine import Machine
from nnlint.analysis.part_shapes import part_shape
from nnlint.analysis.rows import part_of_data
from nnlint.analysis.scaling import of_column
from nnlint.analysis.shuffles import grown
from nnlint.analysis.sizes_read import note_indexed, note_unpacked
from nnlint.analysis.values import (
    UNKNOWN,
    Built,
    Class,
    Constant,
    Function,
    Instance,
    List,
    Mapping,
    Obj,
    Provenance,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.analysis.wiring_events import AxisMixup
from nnlint.ir import nodes as ir
from nnlint.knowledge.spec import Container

__all__ = [
    "BAG",
    "extended",
    "index_value",
    "item_key",
    "items_of",
    "known_items",
    "make_list",
    "make_mapping",
    "registered",
    "repeated",
    "set_items",
    "stands_for_many",
    "unpack",
]


BAG = "<bag>"
"""Marks a dict whose entries are attributes, too."""


def item_key(key: Constant) -> str:
    """The attribute under which a dict keeps the value of a constant key."""
    return f"k:{key.value!r}" if isinstance(key.value, bytes) else f"k:{key.value}"


def make_list(items: tuple[Value, ...]) -> List:
    """A fresh list."""
    return List(attrs={"items": Tuple(items[: LIMITS.items])})


def make_mapping(pairs: list[tuple[Value | None, Value]]) -> Mapping:
    """A fresh dict from evaluated pairs; a key of None is a ``**mapping``."""
    attrs: dict[str, Value] = {}
    for key, value in pairs[: LIMITS.items]:
        if isinstance(key, Constant) and isinstance(key.value, (str, int)):
            attrs[item_key(key)] = value
        elif key is None and isinstance(value, Mapping):
            attrs.update(value.attrs)
        else:
            attrs["open"] = Constant(True)
    if len(pairs) > LIMITS.items:
        attrs["open"] = Constant(True)
    return Mapping(attrs=attrs)


def repeated(items: tuple[Value, ...], times: Value) -> tuple[Value, ...]:
    """The items of ``[...] * times``: of data as many as there are, of anything else two of each."""
    if not all(isinstance(item, (Constant, List, Tuple)) for item in items):
        return items * 2
    number = times.value if isinstance(times, Constant) else None
    if isinstance(number, int) and 0 < len(items) * number <= LIMITS.items:
        return items * number
    return (*items, *items, UNKNOWN)


def items_of(owner: Obj) -> tuple[Value, ...]:
    """The items of a list or of a container of layers."""
    items = owner.attrs.get("items")
    if isinstance(items, Tuple):
        return items.items
    return () if items is None else (UNKNOWN,)


def set_items(machine: Machine, owner: Obj, items: tuple[Value, ...]) -> None:
    """Replace the items of a list or container."""
    machine.state.set(owner, "items", Tuple(items[: LIMITS.items]))


def extended(machine: Machine, owner: Obj, more: tuple[Value, ...]) -> None:
    """Append items; once the list is long, the middle is dropped and its end kept."""
    items = items_of(owner)
    machine.hand_out(more)
    if len(items) + len(more) > LIMITS.items:
        items = (*items[: LIMITS.items // 2], UNKNOWN)
        more = more[-LIMITS.items // 2 + 1 :]
    set_items(machine, owner, (*items, *more))


def known_items(machine: Machine, value: Value, node: ir.Expr | None = None) -> tuple[Value, ...]:
    """What iterating over a value yields; one unknown item where that is not known."""
    if isinstance(value, Tuple):
        return value.items
    if isinstance(value, List):
        return items_of(value)
    if isinstance(value, Mapping):
        keys = [Constant(key[2:]) for key in value.attrs if key.startswith("k:")]
        return (*keys, UNKNOWN) if "open" in value.attrs else tuple(keys)
    if isinstance(value, Instance) and isinstance(value.attrs.get("items"), Tuple):
        return items_of(value)
    if isinstance(value, Built):
        if isinstance(value.entry.does, Container):
            machine.wiring.gone_through.add(value.place)
            keys = [Constant(key[2:]) for key in value.attrs if key.startswith("k:")]
            return tuple(keys) or items_of(value)
        batch = value.attrs.get("batch")
        if batch is not None:
            return (batch,)
    place = None if node is None else machine.place(node.id)
    if isinstance(value, Tensor):
        return (
            replace(
                value,
                place=place,
                made="op" if value.made == "layer" else value.made,
                units=None,
                shape=None,
                function="" if is_dataset(value) else value.function,
            ),
        )
    return (Unknown(place),)


def stands_for_many(item: Value) -> bool:
    """Whether one item stands for any number: unknown, or what `enumerate` and `zip` make of unknown ones."""
    if isinstance(item, Tuple):
        return bool(item.items) and isinstance(item.items[0], Unknown)
    return isinstance(item, Unknown)


def unpack(machine: Machine, value: Value, target: ir.Sequence) -> list[Value]:
    """One value for each item of a tuple target."""
    wanted = target.items
    stars = [position for position, item in enumerate(wanted) if isinstance(item, ir.Star)]
    if isinstance(value, Tuple) or (isinstance(value, (List, Instance)) and _is_whole(value)):
        items = value.items if isinstance(value, Tuple) else items_of(value)
        if not stars and len(items) == len(wanted):
            if not machine.loop_depth:
                machine.feed.came_together(items)
            return list(items)
        if len(stars) == 1 and len(items) >= len(wanted) - 1:
            before, after = stars[0], len(wanted) - stars[0] - 1
            middle = make_list(items[before : len(items) - after])
            return [*items[:before], middle, *items[len(items) - after :]]
    if isinstance(value, Tensor) and value.data is not None and value.made == "data":
        return [replace(value, place=machine.place(item.id)) for item in wanted]
    note_unpacked(machine, value, target)
    parts: list[Value] = [Unknown(machine.place(item.id)) for item in wanted]
    if not machine.loop_depth:
        machine.feed.came_together(parts)
    return parts


def _is_whole(value: Obj) -> bool:
    """Whether every item is known."""
    return isinstance(value.attrs.get("items"), Tuple) and UNKNOWN not in items_of(value)


def index_value(machine: Machine, value: Value, keys: list[Value], node: ir.Index) -> Value:
    """``value[keys]``."""
    place = machine.place(node.id)
    key = keys[0] if len(keys) == 1 else None
    if (
        isinstance(value, (Tuple, List))
        or (isinstance(value, Built) and isinstance(value.entry.does, Container))
        or (isinstance(value, Instance) and isinstance(value.attrs.get("items"), Tuple))
    ):
        if isinstance(key, Constant) and isinstance(key.value, str) and isinstance(value, Built):
            return _entry(value, key, Unknown(place))
        if isinstance(value, Built):
            number = key.value if isinstance(key, Constant) and type(key.value) is int else None
            machine.wiring.picked.setdefault(value.serial, []).append((number, place))
        found = _item(value, key, node, place_unknown=Unknown(place))
        collected = grown(value)
        if collected is not None and isinstance(found, Unknown) and isinstance(node.items[0], ir.Slice):
            return Tensor(place, made="op", data=part_of_data(collected, keys, node, place))
        return _any_item(machine, value) or found if isinstance(found, Unknown) else found
    if isinstance(value, Mapping):
        return registered(value, key) or _entry(value, key, Unknown(place))
    note_indexed(machine, value, key, place)
    if isinstance(value, Tensor) and value.made == "statistic" and value.function == "":
        return of_column(value, key, place)
    if isinstance(value, Tensor):
        _note_last(machine, value, keys, node)
        return _part(value, keys, node, machine)
    if isinstance(key, Tensor) and key.made == "permutation" and isinstance(value, Unknown) and value.place:
        value = Tensor(value.place, data=Provenance(value.place, "", "", None))
        return _part(value, keys, node, machine)
    return Unknown(place)


def _any_item(machine: Machine, value: Value) -> Value | None:
    """The one item of a list that stands for any number of layers."""
    items = value.items if isinstance(value, Tuple) else items_of(value)  # type: ignore[arg-type]
    found = items[0] if len(items) == 1 else None
    return found if isinstance(found, Built) and found.serial in machine.settings.repeated else None


def _item(value: Value, key: Value | None, node: ir.Index, place_unknown: Unknown) -> Value:
    items = value.items if isinstance(value, Tuple) else items_of(value)  # type: ignore[arg-type]
    if isinstance(key, Constant) and isinstance(key.value, int) and UNKNOWN not in items:
        if -len(items) <= key.value < len(items):
            return items[key.value]
        return place_unknown
    if isinstance(node.items[0], ir.Slice) and UNKNOWN not in items:
        sliced = _sliced(items, node.items[0])
        if sliced is not None:
            return Tuple(sliced) if isinstance(value, Tuple) else make_list(sliced)
    return place_unknown


def _sliced(items: tuple[Value, ...], node: ir.Slice) -> tuple[Value, ...] | None:
    bounds: list[int | None] = []
    for part in (node.lower, node.upper, node.step):
        if part is None:
            bounds.append(None)
        elif isinstance(part, ir.Const) and isinstance(part.value, int):
            bounds.append(part.value)
        else:
            return None
    return items[slice(*bounds)] if bounds[2] != 0 else None


def _entry(value: Obj, key: Value | None, unknown: Unknown) -> Value:
    if isinstance(key, Constant):
        return value.attrs.get(item_key(key), unknown)
    return unknown


def registered(value: Mapping, key: Value | None) -> Value | None:
    """One of the classes and functions of the project that a registry holds: ``MODELS[args.model]``."""
    entries = list(value.attrs.values())
    if isinstance(key, Constant) or value.escaped or not 0 < len(entries) <= LIMITS.alternatives:
        return None
    return join_all(entries) if all(isinstance(entry, (Class, Function)) for entry in entries) else None


def _part(value: Tensor, keys: list[Value], node: ir.Index, machine: Machine) -> Tensor:
    """Part of a tensor: the same kind of numbers; of a table: the same rows unless rows are chosen."""
    data = value.data
    if data is not None and keys:
        place = machine.place(node.id)
        data = part_of_data(data, keys, node, place)
        if isinstance(keys[0], Tensor) and keys[0].made == "permutation" and keys[0].place is not None:
            machine.permutations.setdefault(keys[0].place, set()).add(place)
    # What a comparison chooses may be just what is in range: ``p[p > 0].log()``.
    masked = any(isinstance(each, Tensor) and each.attached is False for each in keys)
    return replace(
        value,
        place=machine.place(node.id),
        units=None,
        axis="" if _picks_classes(node) else value.axis,
        shape=part_shape(value.shape, keys, node),
        data=data,
        by=column_of(value, keys),
        made="data" if value.made == "data" else "op",
        shifted=value.shifted or masked,
    )


def _note_last(machine: Machine, value: Tensor, keys: list[Value], node: ir.Index) -> None:
    """Taking the last entry of a recurrent layer's output along the axis that is not time."""
    layer = machine.wiring.recurrent.get(value.place) if value.place is not None else None
    if layer is None:
        return
    whole = [isinstance(item, ir.Slice) and item[1:] == (None, None, None) for item in node.items]
    last = Constant(-1)
    in_time = len(keys) > 1 and whole[0] and keys[1] == last and all(whole[2:])
    in_batch = keys[0] == last and all(whole[1:])
    if (in_batch and layer.batch_first) or (in_time and not layer.batch_first):
        machine.emit(
            AxisMixup(machine.place(node.id), layer.name, layer.batch_first, layer.made, "last", value.place)
        )


def _picks_classes(node: ir.Index) -> bool:
    """Whether an index such as ``[:, 1]`` takes something out of the last axis."""
    last = node.items[-1]
    whole = isinstance(last, ir.Slice) and (last.lower, last.upper, last.step) == (None, None, None)
    return len(node.items) > 1 and not whole
