"""Keras layers that learn from data before the network does: `Normalization().adapt(x)`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nnlint.analysis.data_events import FitCall, SplitCall
from nnlint.analysis.machine import Machine
from nnlint.analysis.values import Place, Provenance, Rows, Tensor, Unknown, Value
from nnlint.knowledge.spec import Estimator

__all__ = ["adapt", "effect_of", "note_split"]

_STATISTICS = frozenset({"Normalization", "Discretization"})


def effect_of(name: str) -> Estimator:
    """What a layer of this name is, as an estimator: one that learns statistics or one that learns words."""
    return Estimator("scaler" if name in _STATISTICS else "encoder")


def adapt(machine: Machine, event: FitCall) -> None:
    """A layer has learnt from data, before they are divided or after that."""
    machine.feed.adapted.append(event)
    for original in _originals((event.x,)):
        split = machine.feed.splits.get(original)
        if split is not None and event.data is not None:
            machine.emit(replace(split, adapted=(event,)))


def note_split(machine: Machine, split: SplitCall) -> None:
    """Data are divided: what has learnt from them learnt from the part that is held out, too."""
    for original in _originals(split.arrays):
        machine.feed.splits.setdefault(original, split)
    machine.emit(replace(split, adapted=tuple(machine.feed.adapted)) if machine.feed.adapted else split)


def _originals(arrays: tuple[Value, ...]) -> Iterator[tuple[Place | None, tuple[Rows, ...]]]:
    """Which rows of which originals arrays hold."""
    for array in arrays:
        data = _whole(array)
        if data is not None and data.root is not None:
            yield data.root, data.rows


def _whole(array: Value) -> Provenance | None:
    """Where an array comes from; an unknown one is at least itself."""
    if isinstance(array, Tensor) and array.data is not None:
        return array.data
    known = isinstance(array, (Tensor, Unknown)) and array.place is not None
    return Provenance(array.place, "all", "", None) if known else None  # type: ignore[attr-defined]
