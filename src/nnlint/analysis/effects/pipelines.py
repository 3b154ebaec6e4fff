"""TensorFlow's data sets: what cuts, shuffles, changes and zips their rows."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.batches import speaks_of_labels
from nnlint.analysis.containers import known_items
from nnlint.analysis.data_events import Paired
from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.orders import draw_order
from nnlint.analysis.grouping import DATASET, is_dataset
from nnlint.analysis.provenance import DOUBT, chosen, spelled
from nnlint.analysis.values import Constant, List, Place, Provenance, Step, Tensor, Tuple, Unknown, Value
from nnlint.ir import nodes as ir

__all__ = ["as_dataset", "pipelined", "reshuffled"]

_ENDS = {"skip": "tail", "take": "head"}
_TRUE = Constant(True)


def as_dataset(value: Value) -> Value:
    """What was made of arrays or read from files is a data set with methods of its own."""
    known = isinstance(value, Tensor) and value.data is not None
    return replace(value, function=DATASET) if known else value  # type: ignore[type-var]


def pipelined(given: Given, operand: Value, name: str) -> Value | None:
    """A method of a data set; None where that is nothing of its own."""
    if name == "zip":
        return _zipped(given, operand)
    data = operand.data if isinstance(operand, Tensor) and is_dataset(operand) else None
    if data is None:
        return None
    assert isinstance(operand, Tensor)
    return replace(operand, place=given.place, data=_through(given, data, name))


def _through(given: Given, data: Provenance, name: str) -> Provenance:
    if name in _ENDS and given.node.args:
        return chosen(data, _ENDS[name], spelled(given.node.args[0]), given.place)
    if name in {"filter", "shard", "skip", "take"}:
        return chosen(data, "some", given.place, given.place)
    if name == "shuffle":
        data = data._replace(order=(*data.order, draw_order(given, "seed")))
        return reshuffled(data, given.place) if _every_round(given) else data
    if name == "cache":
        return data._replace(steps=tuple(step for step in data.steps if step.kind != "reshuffle"))
    if name == "map":
        if data.root is not None:
            given.machine.feed.looked_at.add(data.root)  # it may fill or drop what is missing
        return data._replace(raw=False, steps=(*data.steps, DOUBT), columns=None)
    return data


def _every_round(given: Given) -> bool:
    return given.values.get("reshuffle_each_iteration", _TRUE) == _TRUE


def reshuffled(data: Provenance, place: Place) -> Provenance:
    """Rows that come in another order in every round."""
    return data._replace(steps=(*data.steps, Step(place, "reshuffle", "shuffle", 0, "", True, False)))


def _zipped(given: Given, operand: Value) -> Value:
    """``Dataset.zip((images, labels))``: rows of two data sets that belong together."""
    items, exprs = _items(given, operand), given.node.args
    if len(exprs) == 1 and isinstance(exprs[0], ir.Sequence):
        exprs = exprs[0].items
    known = [item.data for item in items if isinstance(item, Tensor) and item.data is not None]
    if len(items) == len(known) == len(exprs) == 2 and speaks_of_labels(spelled(exprs[1])):
        given.machine.emit(Paired(given.place, "zip", known[0], known[1]))
    if not known:
        return Unknown(given.place)
    return Tensor(given.place, function=DATASET, made="data", by="zip", data=known[0]._replace(columns=None))


def _items(given: Given, operand: Value) -> tuple[Value, ...]:
    items = known_items(given.machine, operand) if isinstance(operand, (Tuple, List)) else (operand,)
    nested = items[0] if len(items) == 1 else None
    return known_items(given.machine, nested) if isinstance(nested, (Tuple, List)) else items
