"""Data are read, divided and put in another order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nnlint.analysis.adapting import note_split
from nnlint.analysis.batches import note_halves
from nnlint.analysis.containers import known_items
from nnlint.analysis.data_events import SplitCall
from nnlint.analysis.effects.data import provenance
from nnlint.analysis.effects.files import read_back
from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.orders import draw_order
from nnlint.analysis.effects.pipelines import as_dataset, reshuffled
from nnlint.analysis.feed import is_plain
from nnlint.analysis.grouping import PICTURE
from nnlint.analysis.machine import truth
from nnlint.analysis.provenance import (
    UNKNOWN_ORDER,
    Drawn,
    begun,
    chosen,
    own_column,
    spelled,
    with_columns,
    word_role,
)
from nnlint.analysis.sampling import ordered_folds, ordered_split
from nnlint.analysis.values import (
    Built,
    Constant,
    Instance,
    List,
    Origin,
    Place,
    Rows,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir
from nnlint.knowledge import spec

__all__ = ["load", "permute", "split"]


def load(given: Given) -> Value:
    """Read or generate data."""
    effect = given.entry.does
    assert isinstance(effect, spec.Load)
    place = given.place

    def data(role: str, part: str) -> Tensor:
        rows = () if role == "all" else (Rows(role, place),)
        origin = begun(place, role, part, raw=effect.raw and part != "y")._replace(rows=rows)
        if part:
            origin = origin._replace(
                columns=None
            )  # samples and labels are two arrays, not columns of one table
        tensor = Tensor(place, made="data", by=given.name, data=origin)
        if effect.raw and part == "y":
            because = (Origin(place, f"the labels of {given.name.split('.')[-2]} are class numbers"),)
            return replace(tensor, function="class ids", because=because)
        return tensor

    known = read_back(given) if given.machine.feed.written else None
    if known is not None:
        return known
    if effect.ordered:
        given.machine.feed.ordered[place] = given.name.rpartition(".")[2]
    if effect.gives == "table" and given.entry.isa.startswith("pandas."):
        given.machine.feed.tables.add(place)
    if effect.gives == "train-test":
        pairs = [Tuple((data(role, "x"), data(role, "y"))) for role in ("train", "test")]
        return Tuple(tuple(pairs))
    if effect.gives == "x-y" or _asks_for_pair(given):
        return Tuple((data("all", "x"), data("all", "y")))
    origin = data("all", "")
    if origin.data is not None:
        origin = replace(origin, data=origin.data._replace(hint=_file_role(given)))
    if given.entry.isa == "PIL.Image.Image":
        return replace(origin, function=PICTURE)
    if given.entry.isa == "tensorflow.data.Dataset":
        return as_dataset(_listed(given, origin))
    return origin


def _listed(given: Given, origin: Tensor) -> Tensor:
    """``Dataset.list_files``: the names of files, which are shuffled unless that is switched off."""
    shuffle = given.values.get("shuffle")
    if (
        origin.data is None
        or not given.name.endswith("list_files")
        or not (shuffle is None or truth(shuffle))
    ):
        return origin
    data = origin.data._replace(order=(draw_order(given, "seed"),))
    return replace(origin, data=reshuffled(data, given.place))


def _asks_for_pair(given: Given) -> bool:
    option = given.get("return_X_y")
    return isinstance(option, Constant) and option.value is True


def _file_role(given: Given) -> str:
    """What the name of a file says of its contents."""
    first = given.args.positional[0] if given.args.positional else None
    if isinstance(first, Constant) and isinstance(first.value, str):
        return word_role(first.value.replace("\\", "/").rpartition("/")[2])
    return ""


def split(given: Given) -> Value:
    """Divide arrays into training and test parts, or into folds."""
    effect = given.entry.does
    assert isinstance(effect, spec.Split)
    if effect.kind == "folds":
        return _folds(given)
    if effect.kind == "datasets":
        return _datasets(given)
    arrays = given.args.positional
    if not arrays or given.args.open:
        return Unknown(given.place)
    known = tuple(value for value in arrays if isinstance(value, (Tensor, Unknown)))
    shuffles = _shuffles(given)
    note_split(given.machine, SplitCall(given.place, given.name.rpartition(".")[2], known, shuffles))
    note_halves(given.machine, given.place, given.name.rpartition(".")[2], arrays)
    if shuffles is False:
        ordered_split(given.machine, given.place, "train_test_split(shuffle=False)", _roots(known))
    parts: list[Value] = []
    key = _split_key(given, shuffles)
    if isinstance(arrays[0], Unknown) and len(arrays) > 1 and (column := own_column(given.node)):
        table = begun(arrays[0].place or given.place)._replace(order=UNKNOWN_ORDER)
        labels = Tensor(given.place, data=with_columns(table, frozenset({column}), True))
        arrays = (arrays[0], labels, *arrays[2:])
    for position, array in enumerate(arrays):
        part = "" if len(arrays) != 2 else "xy"[position]
        parts += [_part_of(array, role, part, key, given.place) for role in ("train", "test")]
    return Tuple(tuple(parts))


def _roots(arrays: tuple[Value, ...]) -> Iterator[Place | None]:
    """The originals of data whose rows stand in their first order."""
    for array in arrays:
        data = provenance(array)
        if data is not None and not data.order and not data.rows:
            yield data.root


def _shuffles(given: Given) -> bool | None:
    option = given.get("shuffle")
    return bool(option.value) if isinstance(option, Constant) else None if option is not None else True


def _part_of(array: Value, role: str, part: str, key: object, place: Place) -> Value:
    before = provenance(array)
    if before is None:
        root = array.place if isinstance(array, (Tensor, Unknown)) else None
        before = begun(root or place, "all", part)._replace(order=UNKNOWN_ORDER)
    data = chosen(before, role, key, place)
    if not data.part:
        data = data._replace(part=part)
    if isinstance(array, Tensor):
        return replace(array, place=place, data=data, made="data", by="split")
    return Tensor(place, made="data", by="split", data=data)


def _split_key(given: Given, shuffles: bool | None) -> object:
    """Splits of equally many rows with the same seed choose the same rows, and so do those in order.

    One call draws one order for all its arrays: to be asked once a call.
    """
    order = ("in order",) if shuffles is False else draw_order(given, "random_state")
    if order == given.place:
        return order if shuffles else ("perhaps", order)
    sizes = [spelled(expr) for name, expr in given.node.keywords if name in {"test_size", "train_size"}]
    layered = [name for name, expr in given.node.keywords if name == "stratify" and spelled(expr) != "None"]
    return (order, *sizes, *layered)


def _folds(given: Given) -> Value:
    """``folds.split(X)`` yields the numbers of training and test rows."""
    if not isinstance(given.receiver, Built):
        return Unknown(given.place)
    if given.receiver.name.endswith(".KFold") and given.receiver.args.get("shuffle") in {
        None,
        Constant(False),
    }:
        ordered_folds(given.machine, given.place, _roots((given.operand("X"),)))
    pair = Tuple(tuple(Tensor(given.place, made="index", by=role) for role in ("train", "test")))
    return List(attrs={"items": Tuple((pair, pair))})


def _datasets(given: Given) -> Value:
    """``random_split(dataset, lengths)``."""
    dataset, lengths = given.operand(given.entry.params[0]), given.args.positional[1:2]
    lengths = lengths or tuple(value for name, value in given.values.items() if name == "lengths")
    if not lengths or not isinstance(lengths[0], (List, Tuple)):
        return Unknown(given.place)
    held = dataset.attrs.values() if isinstance(dataset, Instance) else (dataset,)
    arrays = tuple(value for value in held if isinstance(value, Tensor) and value.data is not None)
    if arrays:
        note_split(given.machine, SplitCall(given.place, given.name.rpartition(".")[2], arrays, True))
    before = provenance(dataset)
    if before is None:
        root = dataset.place if isinstance(dataset, (Tensor, Unknown, Built, Instance)) else None
        before = begun(root or given.place)
    roles = _said_by_lengths(given, len(known_items(given.machine, lengths[0])))
    parts = []
    for position, role in enumerate(roles):
        if role:
            data = chosen(before, role, given.place, given.place)
        else:
            data = before._replace(rows=(*before.rows, Rows("part", (given.place, position))), role="part")
        parts.append(Tensor(given.place, made="data", by="split", data=data))
    return Tuple(tuple(parts))


def _said_by_lengths(given: Given, number: int) -> tuple[str, ...]:
    """The role of each of two parts, where the names of their lengths tell: ``[train_size, test_size]``."""
    expr = next((each for name, each in given.node.keywords if name == "lengths"), None)
    expr = expr or (given.node.args[1] if len(given.node.args) > 1 else None)
    items = expr.items if isinstance(expr, ir.Sequence) else ()
    roles = [word_role(item.name) if isinstance(item, (ir.Name, ir.Attr)) else "" for item in items]
    kinds = tuple("test" if role == "validation" else role for role in roles)
    return kinds if number == 2 and sorted(kinds) == ["test", "train"] else ("",) * number


def permute(given: Given) -> Value:
    """A random order: of the rows of data, of numbers, in place or as a new array."""
    effect = given.entry.does
    assert isinstance(effect, spec.Permute)
    arrays = given.args.positional if effect.several else (given.operand(effect.operand),)
    order = draw_order(given, "random_state" if effect.several else "")
    results = tuple(_permuted(given, array, order) for array in arrays)
    given.machine.feed.reorders = True
    if effect.in_place:
        from nnlint.analysis.shuffles import shuffled_in_place

        known = (array.place for array in arrays if isinstance(array, Unknown))
        given.machine.feed.shuffled.update((given.place, place) for place in known if place is not None)
        computed = (array.place for array in arrays if isinstance(array, Tensor) and is_plain(array))
        given.machine.feed.mixed.update((given.place, place) for place in computed if place is not None)
        shuffled_in_place(given, arrays[0] if arrays else None, results[0] if results else None, order)
        return Constant(None)
    return results[0] if len(results) == 1 else Tuple(results)


def _permuted(given: Given, array: Value, order: object) -> Value:
    data = provenance(array)
    if isinstance(array, Tensor) and data is not None:
        return replace(array, place=given.place, data=data._replace(order=(*data.order, order)))
    if isinstance(array, Tensor) and array.made not in {"variable", "op", "permutation"}:
        return replace(array, place=given.place)
    again = repr(order.key) if isinstance(order, Drawn) else ""
    return Tensor(given.place, made="permutation", by=given.name, function=again)
