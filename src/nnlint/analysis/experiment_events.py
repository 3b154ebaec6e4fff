"""Facts about a whole experiment: what is chosen in the code, and what becomes of training."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from nnlint.analysis.sealed import sealed
from nnlint.analysis.values import Origin, Place

__all__ = ["EXPERIMENTS", "Experiment", "ExperimentEvent", "Hardcoded", "Trained", "Trial", "Unrecorded"]


class Trained(NamedTuple):
    """A call that trains a model: where, as spelled, and in which of the separate executions."""

    place: Place
    name: str
    root: int


@dataclass(slots=True)
class Trial:
    """What the interpreter notes as it goes: calls that train, calls that seed, and where chance comes in."""

    trained: list[Trained] = field(default_factory=list)
    seeds: int = 0
    chances: dict[Place, str] = field(default_factory=dict)


@sealed(frozen=True, slots=True)
class Hardcoded:
    """A number that training depends on is written where it is used. what: "learning rate", "epochs", …"""

    place: Place
    what: str
    name: str
    text: str
    training: Origin


@sealed(frozen=True, slots=True)
class Experiment:
    """A script trains a model. place, name: the call that does.

    seeded: something in the file speaks of seeds. random: where chance comes in. judged: something in the
    file speaks of validation, tests or scores.
    """

    place: Place
    name: str
    seeded: bool
    random: tuple[Origin, ...]
    judged: bool


@sealed(frozen=True, slots=True)
class Unrecorded:
    """A training loop whose loss is differentiated and never read again. loss: its name."""

    place: Place
    loss: str
    loop: Place


ExperimentEvent: TypeAlias = Experiment | Hardcoded | Unrecorded
EXPERIMENTS = frozenset({Experiment, Hardcoded, Unrecorded})
