"""What a run notes about tensors and layers for what only its end can tell."""

from __future__ import annotations

from dataclasses import dataclass, field

from nnlint.analysis.values import Place

__all__ = ["WiringNotes"]


@dataclass(slots=True)
class WiringNotes:
    """Notes of one run.

    handed_out: tensors that go where their further use cannot be followed. picked: the items of containers of
    layers that were reached by an index (None: not known which), by the container's serial number.
    expected: the last size that placeholders of unknown shape must have, where that was asked for, and why.
    version_one: files that are written for TensorFlow 1.
    """

    handed_out: set[Place] = field(default_factory=set)
    picked: dict[int, list[tuple[int | None, Place]]] = field(default_factory=dict)
    expected: dict[Place, tuple[int, Place, str]] = field(default_factory=dict)
    version_one: dict[str, bool] = field(default_factory=dict)
