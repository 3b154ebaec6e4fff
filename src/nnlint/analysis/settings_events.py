"""Facts about how training is configured: rates, penalties, first weights, and which layer feeds which."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from nnlint.analysis.sealed import sealed
from nnlint.analysis.values import Origin, Place, Value

__all__ = [
    "Chain", "Diverging", "DroppedScores", "Facts", "Fed", "History", "Judged", "Link", "Setting",
    "SettingKind", "SettingsEvent", "Start", "Started",
]  # fmt: skip

SettingKind: TypeAlias = Literal[
    "learning-rate",
    "epsilon",
    "weight-decay",
    "drop-rate",
    "keep-probability",
    "penalty",
    "squares",
    "batch-size",
    "epochs",
    "clip-norm",
    "clip-value",
]


class Start(NamedTuple):
    """How weights start. place: where that is chosen. kind: "constant", "normal" or "uniform".

    value: the constant, the standard deviation or the upper bound. shape: sizes where they are known.
    trained: it is a variable or a layer that starts so, not a tensor that stays what it is.
    """

    place: Place
    kind: str
    value: float
    shape: tuple[int | None, ...]
    trained: bool = True


class Link(NamedTuple):
    """A dense layer whose output nothing but linear maps has changed since.

    place: where a reader finds it. layer: its identity, None for a product written out. wants, gives: its
    sizes as constants or the values they come from. bias: whether it adds one. frame: the run of a function
    it happened in. inside: it is part of a container. through: the places its output went through.
    """

    place: Place
    name: str
    layer: object
    wants: Value | None
    gives: Value | None
    bias: bool
    frame: int
    inside: bool
    through: tuple[Place, ...]


class Chain(NamedTuple):
    """Where a tensor comes from, followed back over all that does not mix it with another one.

    place, name, kind, units, bias: the last layer with weights, and whether it adds a bias (None: not known).
    last: the kind of the last layer, or "activation". start: how the weights of that layer start.
    softmax: where a softmax was applied behind it. dropout: where dropout was applied as the last thing.
    saturating: places of the sigmoids and tanhs in a row. fed: units of the layer before.
    link: that layer, where it is dense and only linear maps follow it.
    """

    place: Place
    name: str
    kind: str
    units: int | None
    bias: bool | None
    last: str
    start: Start | None = None
    softmax: Origin | None = None
    dropout: Origin | None = None
    saturating: tuple[Place, ...] = ()
    fed: int | None = None
    link: Link | None = None


class History(NamedTuple):
    """All layers that a tensor came through, whichever way.

    place, name: the last one with weights. layers: how many with weights, convolutions: how many of these
    convolve. normal: something may have normalised it.
    """

    place: Place
    name: str
    layers: int
    convolutions: int
    normal: bool


class Judged(NamedTuple):
    """Where layers end in a loss. task: of the loss. mean: it does not grow with the batch."""

    history: History
    task: str
    mean: bool


@sealed(frozen=True, slots=True)
class Setting:
    """A number was chosen. place: where it is handed over. name: of what it configures.

    family: short canonical name of that. value: None where the number is not known. text: how the code spells
    it. literal: it is written right there. because: where it was chosen otherwise.
    owner: the configured object. of: what an optimizer updates: "network", "linear" (a single dense layer),
    "graph" (all that is trainable), "groups" (each with its own rates) or "" (not known).
    smoothed: an epsilon makes the steps of an adaptive optimizer depend on the gradients.
    positional: it was handed over without the parameter's name.
    """

    place: Place
    kind: SettingKind
    name: str
    family: str
    value: float | None
    text: str
    literal: bool
    because: tuple[Origin, ...]
    owner: Value | None
    of: str
    smoothed: bool
    positional: bool
    facts: Facts


@sealed(frozen=True, slots=True)
class Diverging:
    """The rate of plain gradient descent is too high for a quadratic loss. bound: for these data.

    fed: where all steps get the data.
    """

    rate: Setting
    bound: float
    fed: Place


@dataclass(slots=True)
class Facts:
    """What only the end of a run tells. rescheduled: serial numbers of optimizers whose rate is set later,
    lowered: of those whose rate is only lowered in time.

    scheduled: a callback sets rates. layers: a layer with weights to train reads a hidden one.
    normalized: first weights behind which a normalisation follows. judged: what losses judge, where a rate is
    doubtful. loaded: weights come from elsewhere. summed: a loss is added up over the batch.
    """

    rescheduled: set[int]
    normalized: set[Place]
    judged: list[Judged]
    doubtful: bool = False
    loaded: bool = False
    summed: bool = False
    scheduled: bool = False
    lowered: set[int] = field(default_factory=set)
    layers: bool = False


@sealed(frozen=True, slots=True)
class Fed:
    """A layer was fed by another one, with nothing mixed in between. bare: it is a product written out.

    batchwise: of a normalisation: over the batch.
    """

    place: Place
    name: str
    kind: str
    units: int | None
    before: Chain
    bare: bool
    batchwise: bool = False


@sealed(frozen=True, slots=True)
class Started:
    """Weights that start in a known way were applied. fan_in: how many numbers each unit adds up."""

    place: Place
    name: str
    start: Start
    fan_in: int
    facts: Facts


@sealed(frozen=True, slots=True)
class DroppedScores:
    """A loss was computed on scores some of which dropout had set to zero."""

    place: Place
    name: str
    chain: Chain


SettingsEvent: TypeAlias = Diverging | DroppedScores | Fed | Setting | Started
