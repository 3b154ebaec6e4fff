"""Choosing among settings by what scores on a test split say."""

from __future__ import annotations

from nnlint.analysis.containers import known_items
from nnlint.analysis.data_events import Chosen
from nnlint.analysis.machine import Machine
from nnlint.analysis.values import Constant, List, Mapping, Place, Provenance, Tensor, Unknown, Value

__all__ = ["better_than", "chosen_among", "scored"]

_ORDER = frozenset({"<", "<=", ">", ">="})


def scored(machine: Machine, place: Place, data: Provenance | None) -> None:
    """A score is computed on data; inside a loop it may be one of several."""
    if data is not None and data.role == "test" and data.split is not None and machine.loop_depth:
        machine.feed.scored[place] = data


def better_than(machine: Machine, place: Place, op: str, left: Value, right: Value) -> None:
    """``if score > best`` in the loop that computes the score."""
    if op not in _ORDER or not machine.loop_depth:
        return
    for value, other in ((left, right), (right, left)):
        if (
            _is_scored(machine, value)
            and not isinstance(other, (Constant, Tensor))
            and not _is_scored(machine, other)
        ):
            _report(machine, place, f"`{op}` chooses", value)
            return


def chosen_among(machine: Machine, place: Place, name: str, values: Value) -> None:
    """``max(scores)``, ``np.argmax(scores)``."""
    items = values.attrs.values() if isinstance(values, Mapping) else ()
    if isinstance(values, List):
        items = known_items(machine, values)  # type: ignore[assignment]
    for item in items:
        if _is_scored(machine, item):
            _report(machine, place, f"`{name}` chooses", item)
            return


def _is_scored(machine: Machine, value: Value) -> bool:
    return isinstance(value, (Tensor, Unknown)) and value.place in machine.feed.scored


def _report(machine: Machine, place: Place, text: str, value: Value) -> None:
    scored_at = value.place if isinstance(value, (Tensor, Unknown)) else None
    split = machine.feed.scored[scored_at].split if scored_at is not None else None
    if scored_at is None or split is None:
        return
    machine.emit(Chosen(place, text, scored_at, split.place))
