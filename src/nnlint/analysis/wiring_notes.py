"""What a run notes about tensors and layers for what only its end can tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from nnlint.analysis.values import Built, Place, Value

__all__ = ["Recurrent", "WiringNotes"]


class Recurrent(NamedTuple):
    """The output of a recurrent layer: its name, whether the batch comes first, and where it was made."""

    name: str
    batch_first: bool
    made: Place


@dataclass(slots=True)
class WiringNotes:
    """Notes of one run.

    handed_out: tensors that go where their further use cannot be followed. picked: the items of containers of
    layers that were reached by an index (None: not known which), by the container's serial number.
    expected: the last size that placeholders of unknown shape must have, where that was asked for, and why.
    version_one: files that are written for TensorFlow 1. sizes: sizes that were read: of which array and
    axis, and the number of axes where all were. whole_sizes: shapes that were read, and of what. made_sizes:
    what fresh arrays were given as their sizes. same_as: arrays that are others under another name.
    recurrent: outputs of recurrent layers. cuts: arrays whose gradient was cut off, with the call that did
    it. parents: what computations were given. draws: where classes are drawn by scores. series: the
    sequential containers of layers, by where they are made. gone_through: those that were applied or
    gone through.
    """

    handed_out: set[Place] = field(default_factory=set)
    picked: dict[int, list[tuple[int | None, Place]]] = field(default_factory=dict)
    expected: dict[Place, tuple[int, Place, str]] = field(default_factory=dict)
    version_one: dict[str, bool] = field(default_factory=dict)
    sizes: dict[Place, tuple[Place, int, int]] = field(default_factory=dict)
    whole_sizes: dict[Place, Place] = field(default_factory=dict)
    made_sizes: dict[Place, tuple[Value, ...]] = field(default_factory=dict)
    same_as: dict[Place, Place] = field(default_factory=dict)
    recurrent: dict[Place, Recurrent] = field(default_factory=dict)
    cuts: dict[Place, tuple[str, Place]] = field(default_factory=dict)
    parents: dict[Place, tuple[Value, ...]] = field(default_factory=dict)
    draws: set[Place] = field(default_factory=set)
    series: dict[Place, Built] = field(default_factory=dict)
    gone_through: set[Place] = field(default_factory=set)
