"""Facts about how a network is put together, for the rules about wiring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nnlint.analysis.sealed import sealed
from nnlint.analysis.values import Built, Class, Instance, Place, Value

if TYPE_CHECKING:
    from nnlint.analysis.events import Path

__all__ = [
    "AxisMixup", "BareModules", "Discarded", "EarlyModule", "ForwardCall", "GraphCut", "IdleLayer",
    "IgnoredInput", "LinearStack", "ResultlessForward", "ReusedLayer", "ScrambledView", "ShapeClash",
    "SkippedItem", "TransientLayer", "WiringEvent",
]  # fmt: skip


@sealed(frozen=True, slots=True)
class Discarded:
    """A call without side effects whose value nothing takes.

    name: as the code spells the callee. kind: "method" of an array, "function", or "layer" object.
    """

    place: Place
    name: str
    kind: Literal["method", "function", "layer"]
    path: Path | None


@sealed(frozen=True, slots=True)
class ForwardCall:
    """A module's `forward` (Keras: `call`) was called by name. method: which of the two.

    callee, called_on: the expressions ``model.forward`` and ``model``.
    """

    place: Place
    name: str
    method: str
    module: Value
    callee: Place
    called_on: Place


@sealed(frozen=True, slots=True)
class EarlyModule:
    """A network sets a submodule while its framework base class has not been initialised.

    attribute: the name it is set under. base: the framework class as the user knows it.
    """

    place: Place
    cls: Class
    attribute: str
    base: str


@sealed(frozen=True, slots=True)
class BareModules:
    """A network keeps modules or parameters in a plain container and registers them nowhere.

    place: where the first of them was made. kind: "list", "tuple" or "dict".
    """

    place: Place
    cls: Class
    attribute: str
    kind: str
    count: int


@sealed(frozen=True, slots=True)
class IdleLayer:
    """A layer with parameters that a network makes, and nothing in sight reads.

    twin: a sibling of the same kind that the network applies more than once.
    """

    place: Place
    attribute: str
    layer: Built | Instance
    twin: str
    twin_places: tuple[Place, ...]


@sealed(frozen=True, slots=True)
class TransientLayer:
    """A layer with parameters was applied in the same run of `forward` that made it."""

    place: Place
    name: str
    layer: Built
    guarded: bool


@sealed(frozen=True, slots=True)
class ResultlessForward:
    """A network's `forward` applied layers, ended normally and returned nothing. last: its last layer."""

    place: Place
    cls: Class
    name: str
    last: str
    last_place: Place


@sealed(frozen=True, slots=True)
class ShapeClash:
    """Sizes that must agree are known and differ.

    kind: what must agree ("features", "channels", "rank", "matmul", "broadcast", "count", "flatten").
    """

    place: Place
    kind: str
    message: str
    because: tuple[tuple[Place, str], ...]


@sealed(frozen=True, slots=True)
class LinearStack:
    """A dense layer was fed the raw output of another dense layer.

    narrow: the size between them is below the outer ones. known: numbers tell. biased: the first one adds a
    bias. shared: what is between them is used elsewhere too.
    """

    place: Place
    name: str
    before: str
    before_place: Place
    narrow: bool
    known: bool
    biased: bool
    shared: bool


@sealed(frozen=True, slots=True)
class IgnoredInput:
    """A function that applies layers never reads one of its parameters.

    call, layer: who was given the like-numbered parameter `twin` in its place, as `before` was already.
    """

    place: Place
    name: str
    function: str
    call: Place | None
    layer: str
    twin: str
    before: Place | None


@sealed(frozen=True, slots=True)
class SkippedItem:
    """An item of a list of layers is reached by no index, while another one is applied at several places."""

    place: Place
    attribute: str
    index: int
    twin: int
    item: Place
    before: Place


@sealed(frozen=True, slots=True)
class ReusedLayer:
    """One layer is applied where several belong.

    place, others: where it is applied. made: where it was made. kind: "row" (to its own output, again and
    again) or "norm" (a batch normalisation behind different layers: of, as the code spells them).
    """

    place: Place
    name: str
    kind: Literal["row", "norm"]
    others: tuple[Place, ...]
    made: Place
    of: tuple[str, ...]


@sealed(frozen=True, slots=True)
class AxisMixup:
    """A recurrent layer and the code around it do not agree where the batch is.

    layer, batch_first, made: the layer, its setting, where it was made. kind: "last" (the wrong axis of its
    output is taken as the last step) or "state" (the initial state has the size of the wrong axis).
    """

    place: Place
    layer: str
    batch_first: bool
    made: Place
    kind: Literal["last", "state"]
    other: Place | None


@sealed(frozen=True, slots=True)
class ScrambledView:
    """A reshape exchanges two axes. made: where the array comes from."""

    place: Place
    text: str
    made: Place | None


@sealed(frozen=True, slots=True)
class GraphCut:
    """A layer is fed what left the framework on the way, so that the layers before it get no gradient."""

    place: Place
    name: str
    cut: str
    cut_place: Place
    before: str
    before_place: Place


WiringEvent = (
    Discarded | ForwardCall | EarlyModule | BareModules | IdleLayer | TransientLayer | ResultlessForward
    | ShapeClash | LinearStack | IgnoredInput | SkippedItem | ReusedLayer | AxisMixup | ScrambledView
    | GraphCut
)  # fmt: skip
