"""What happened: the facts that rules read. Each event names the place and the meanings involved."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from nnlint.analysis.data_events import Arithmetic, DataEvent, FitCall, PredictCall, SplitCall
from nnlint.analysis.experiment_events import ExperimentEvent
from nnlint.analysis.measure_events import MeasureEvent
from nnlint.analysis.sealed import sealed
from nnlint.analysis.settings_events import SettingsEvent
from nnlint.analysis.training_events import TrainingEvent
from nnlint.analysis.values import Measure, Place, Tensor, Value
from nnlint.analysis.wiring_events import WiringEvent
from nnlint.knowledge.spec import Activation, Layer, Loss, Scale

__all__ = [
    "ActivationCall", "Arithmetic", "Event", "FitCall", "LayerCall", "LossCall", "LostOutput", "MinimizeCall",
    "Path", "PredictCall", "Revealed", "SplitCall", "on_a_branch",
]  # fmt: skip


def on_a_branch(path: Path | None) -> bool:
    """Whether the running function is inside one arm of a condition."""
    while path is not None and path.kind != "call":
        if path.kind in {"if", "else"}:
            return True
        path = path.outer
    return False


class Path(NamedTuple):
    """The way to an event, innermost first.

    kind: "loop", "if", "else", "case", "except", "no_grad", "call".
    """

    kind: str
    place: Place
    outer: Path | None

    def inside(self, kind: str) -> Path | None:
        """The innermost enclosing construct of that kind."""
        step: Path | None = self
        while step is not None and step.kind != kind:
            step = step.outer
        return step


@sealed(frozen=True, slots=True)
class LayerCall:
    """A layer, activation layer or network was applied to `inputs`.

    name: as the code spells it. frame: serial number of the function execution it happened in.
    kind: the layer kind of a framework layer, "activation", or "network" for the project's own modules.
    """

    place: Place
    name: str
    kind: str
    layer: Value
    inputs: tuple[Value, ...]
    output: Value
    frame: int
    path: Path | None


@sealed(frozen=True, slots=True)
class ActivationCall:
    """An activation was applied; `operand` as it was before."""

    place: Place
    name: str
    effect: Activation
    operand: Value
    output: Tensor
    axis: Value | None
    layer: Layer | None
    """The layer this activation is built into, if it is."""
    implicit: Place | None = None
    """Where the axis was left out, if nothing hides that it was."""
    guarded: bool = False
    """It stands on one branch of a condition that may depend on what it is applied to."""
    exact: bool = False
    """NumPy takes it, in double precision, and nothing is differentiated through it."""
    tracked: bool = True
    """Gradients are recorded where it stands."""


@sealed(frozen=True, slots=True)
class LossCall:
    """A loss was computed, or a Keras model was compiled with it.

    wants: the scale the prediction must have under the options given; None when they are not known.
    applies: the activation it computes itself under those options.
    made: where the loss object was built. name: as shown to the user.
    """

    place: Place
    name: str
    effect: Loss
    wants: Scale | None
    applies: str
    prediction: Value
    target: Value | None
    made: Place | None
    path: Path | None
    words: tuple[str, str] = ("", "")
    """How the code spells prediction and target, "" for more than a name."""
    origin: str = ""
    """Canonical name of the loss."""
    argmaxed: bool = False
    """The largest entry of the target was asked for: it is one-hot."""
    fed: Place | None = None
    """Where the target itself went into the network that made the prediction."""
    refuses: bool = False
    """It raises on targets in another coding than its own, or takes either."""
    handed: Place | None = None
    """The call that handed both to the function in which the loss is computed."""


@sealed(frozen=True, slots=True)
class LostOutput:
    """A layer's output, loss or the like was bound to a name, and nothing reads it.

    by: where the name is bound again (empty: never read). stale: the next layer, which was fed something
    from before the lost output instead. kind: what was lost: "layer", "network", "activation", "op", "loss",
    "optimizer", "scheduler", "loader". loop: only the last round's value survives. builds: the function it
    happens in builds or runs a network, or computes a loss, and returns a value. function: its name, "" at
    the top level.
    """

    place: Place
    name: str
    kind: str
    maker: str
    value: Value
    by: tuple[Place, ...]
    stale: LayerCall | None
    loop: bool
    builds: bool
    function: str


@sealed(frozen=True, slots=True)
class MinimizeCall:
    """A loss is differentiated or minimised. ascends: the optimizer was told to maximise.

    of: the loss as written, where a method of it is called.
    """

    place: Place
    name: str
    loss: Value
    measure: Measure | None
    ascends: Place | None
    path: Path | None
    weighted: bool = False
    """A gradient to start from was given with it."""
    of: Place | None = None


@sealed(frozen=True, slots=True)
class Revealed:
    """``reveal(value)`` was called, a name that exists in test cases only: it shows what is inferred."""

    place: Place
    value: Value


Event: TypeAlias = (
    LayerCall | ActivationCall | LossCall | LostOutput | MinimizeCall | DataEvent
    | ExperimentEvent | MeasureEvent | Revealed | SettingsEvent | TrainingEvent | WiringEvent
)  # fmt: skip
