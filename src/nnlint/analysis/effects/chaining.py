"""Which layer feeds which."""

from __future__ import annotations

from math import prod

from nnlint.analysis.chains import put
from nnlint.analysis.effects.configuring import configured
from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.linking import carried, linked
from nnlint.analysis.effects.starts import START, begun, initialized, may_be_trained, shape_of
from nnlint.analysis.settings_events import Chain, DroppedScores, Fed, Start, Started
from nnlint.analysis.values import (
    NONE,
    UNKNOWN,
    Built,
    Constant,
    External,
    Origin,
    Place,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge import index, spec

__all__ = ["followed"]

_WEIGHTED = frozenset({"dense", "conv"})
_PASSING = frozenset(
    {"norm", "pool", "global-pool", "dropout", "flatten", "reshape", "pad", "upsample", "noise"}
)
_LINEAR = frozenset({"dropout"})
"""Layers that leave two dense layers around them one linear map."""
_INITIALIZERS = ("kernel_initializer", "weights_initializer", "init")
_BIASES = ("bias", "use_bias")
_MATRICES = ("b", "filter", "filters")
_MOVES = frozenset({"moveaxis", "movedim", "permute", "permute_dimensions", "swapaxes", "t", "transpose"})
_SATURATING = frozenset({"sigmoid", "tanh"})


def followed(given: Given) -> None:
    """Note what a framework call does to the chain of layers."""
    effect = given.entry.does
    if isinstance(effect, spec.Layer):
        if effect.kind == "dropout" and not given.entry.builds:
            configured(given)
        chain = _through_layer(given, effect)
    elif isinstance(effect, spec.Activation):
        chain = _through_activation(given, effect)
    elif isinstance(effect, spec.Keep):
        chain = _kept(given, effect)
    else:
        if isinstance(effect, (spec.Constant, spec.Initializer)):
            begun(given, effect)
        elif isinstance(effect, spec.Action):
            configured(given)
        elif isinstance(effect, spec.Compile):
            chain = given.machine.settings.chains.get(given.place)
            _report_dropped(given, chain, "the loss")
        elif isinstance(effect, spec.Loss):
            _scored(given, given.get(effect.prediction), given.name.rpartition(".")[2])
        return
    if chain is not None and chain.link is not None:
        chain = carried(given, chain)
    put(given.machine, given.place, chain)


def _kept(given: Given, effect: spec.Keep) -> Chain | None:
    """Where axes change places, a softmax before or behind is none over the units of a layer."""
    chain = _of(given, given.operand(effect.operand))
    if chain is not None and given.name.rpartition(".")[2] in _MOVES:
        return chain._replace(softmax=None, last="moved")
    return chain


def _of(given: Given, value: Value | None) -> Chain | None:
    if isinstance(value, (Tensor, Unknown)) and value.place is not None:
        return given.machine.settings.chains.get(value.place)
    return None


def _shown(given: Given) -> Place:
    built = given.receiver
    return built.place if given.machine.folding and isinstance(built, Built) else given.place


def _spelled(given: Given) -> str:
    short = given.name.rpartition(".")[2]
    return short if given.machine.folding else spell(given.node.func) or short


def _through_layer(given: Given, effect: spec.Layer) -> Chain | None:
    before = _of(given, given.operand(effect.operand))
    if effect.kind in _WEIGHTED:
        return _weighted(given, effect, before)
    if before is None:
        return None
    if effect.kind == "norm":
        if before.start is not None and "response" not in given.name:  # that one leaves most of the size
            given.machine.settings.facts.normalized.add(before.start.place)
        given.machine.emit(
            Fed(_shown(given), _spelled(given), "norm", None, before, False, "batch" in given.name.lower())
        )
    if effect.kind in _PASSING:
        dropped = Origin(_shown(given), f"{_spelled(given)} sets some of them to zero")
        link = before.link if effect.kind in _LINEAR else None
        return before._replace(
            last=effect.kind, dropout=dropped if effect.kind == "dropout" else None, link=link
        )
    activation = _setting(given, effect.activation) if effect.activation else None
    return (
        before._replace(last="other", dropout=None, link=None)
        if activation is None
        else _chosen(given, activation, before)
    )


def _over_positions(given: Given, effect: spec.Activation, before: Chain) -> bool:
    """A softmax over an axis of maps that holds no channels, as attention between positions has."""
    if before.kind != "conv" or not effect.axis or not given.name.startswith("torch."):
        return False
    axis = _setting(given, effect.axis)
    return axis is not None and axis not in {NONE, Constant(1), Constant(-3)}


def _weighted(given: Given, effect: spec.Layer, before: Chain | None) -> Chain | None:
    bare = not effect.out_size
    weights = _matrix(given) if bare else None
    if bare and weights is None:
        return None
    if before is not None and (weights is None or _is_variable(weights)):
        given.machine.settings.facts.layers = True
    size = _setting(given, effect.out_size) if effect.out_size else None
    units = size.value if isinstance(size, Constant) and isinstance(size.value, int) else None
    if weights is not None:
        units = weights.units
    place, name = _shown(given), _spelled(given)
    if before is not None:
        given.machine.emit(Fed(place, name, effect.kind, units, before, bare))
    trained = weights is None or may_be_trained(weights)
    link = linked(given, effect, before, weights) if effect.kind == "dense" and trained else None
    start = _start(given, weights, before)
    bias = next((found for param in _BIASES if (found := _setting(given, param)) is not None), None)
    chain = Chain(
        place, name, effect.kind, units, _truth(bias, not bare), effect.kind, start,
        saturating=before.saturating if before is not None else (), fed=before.units if before else None,
        link=link,
    )  # fmt: skip
    activation = _setting(given, effect.activation) if effect.activation else None
    return chain if activation is None or activation == NONE else _chosen(given, activation, chain)


def _truth(value: Value | None, default: bool) -> bool | None:
    if value is None:
        return default or None
    return bool(value.value) if isinstance(value, Constant) else None


def _matrix(given: Given) -> Tensor | None:
    """The variable that a product written out takes as its weights."""
    for param in _MATRICES:
        value = given.values.get(param)
        if isinstance(value, Tensor) and value.made == "variable":
            return value
    return None


def _is_variable(weights: Tensor) -> bool:
    entry = index.find(weights.by)
    return entry is not None and not {"initializer", "initial_value"}.isdisjoint(entry.params)


def _setting(given: Given, param: str) -> Value | None:
    built = given.receiver
    if not isinstance(built, Built):
        return given.get(param)
    found = built.args.get(param)
    if found is None and "open" in built.attrs:
        return UNKNOWN
    if found is None and param in built.entry.defaults:
        return Constant(built.entry.defaults[param])  # type: ignore[arg-type]
    return found


def _chosen(given: Given, activation: Value, chain: Chain) -> Chain:
    """The chain behind an activation that a layer was given."""
    name: str | None = None
    if isinstance(activation, Constant) and isinstance(activation.value, str):
        name = index.string("activation", activation.value)
    elif isinstance(activation, (External, Built)):
        name = activation.name
    entry = index.find(name) if name else None
    if entry is None or not isinstance(entry.does, spec.Activation):
        return chain._replace(last="activation", dropout=None, saturating=(), link=None)
    return _activated(chain, entry.does.function, _shown(given), _spelled(given))


def _activated(chain: Chain, function: str, place: Place, name: str) -> Chain:
    if function in {"", "linear", "identity"}:
        return chain
    over_units = function == "softmax" and chain.last != "moved"
    softmax = Origin(place, f"{name} applies softmax") if over_units else None
    saturating = (*chain.saturating, place) if function in _SATURATING else ()
    dropout = chain.dropout if function in {"softmax", "sigmoid", "log_softmax"} else None
    return chain._replace(
        last="activation", softmax=softmax, saturating=saturating, dropout=dropout, link=None
    )


def _through_activation(given: Given, effect: spec.Activation) -> Chain | None:
    before = _of(given, given.operand(effect.operand))
    if before is None:
        return None
    if effect.function == "":
        chosen = _setting(given, "activation")
        return None if chosen is None else _chosen(given, chosen, before)
    if effect.function == "softmax" and _over_positions(given, effect, before):
        before = before._replace(last="moved")
    return _activated(before, effect.function, _shown(given), _spelled(given))


def _looks_up(given: Given) -> bool:
    """Whether weights are multiplied by one-hot codes: each output is one of them, not a sum."""
    given_to = given.values.values()
    return any(isinstance(value, Tensor) and value.function == "one_hot" for value in given_to)


def _start(given: Given, weights: Tensor | None, before: Chain | None) -> Start | None:
    """How the weights of a layer start; reports the number of values each unit adds up, where it is known."""
    settings = given.machine.settings
    built = given.receiver
    start: Start | None = None
    if weights is not None:
        start = settings.starts.get(weights.place) if weights.place is not None else None
    elif isinstance(built, Built) and (found := settings.starts.get(Place(START, built.serial))) is not None:
        start = found
    else:
        for param in _INITIALIZERS:
            chosen = _setting(given, param)
            if chosen is not None:
                start = initialized(given, chosen, _argument(given, param), ())
    if start is None or not start.trained or _looks_up(given):
        return None
    shape = () if weights is None else _sizes(start, weights)
    sizes = shape[-2:-1] if _kind(given) == "dense" else shape[:-1]
    known = [size for size in sizes if size is not None]
    if len(known) == len(sizes) and sizes:
        fan_in = prod(known)
    elif weights is not None or not (fan_in := _fan_in(given, before)):
        return start
    given.machine.emit(Started(start.place, _spelled(given), start, fan_in, settings.facts))
    return start


def _sizes(start: Start, weights: Tensor) -> tuple[int | None, ...]:
    """The shape of weights: their own where one call makes several."""
    known = weights.shape.dims if weights.shape is not None and weights.shape.whole else ()
    if None not in start.shape or len(known) != len(start.shape):
        return start.shape
    return tuple(size if isinstance(size, int) else None for size in known)


def _kind(given: Given) -> str:
    effect = given.entry.does
    return effect.kind if isinstance(effect, spec.Layer) else ""


def _fan_in(given: Given, before: Chain | None) -> int:
    """How many numbers each unit of a layer adds up, 0 where that is not known."""
    effect = given.entry.does
    assert isinstance(effect, spec.Layer)
    size = _setting(given, effect.in_size) if effect.in_size else None
    # A reshape may have made channels of the units of a dense layer: only a convolution's are its channels.
    fed = before.units if before is not None and before.kind == effect.kind else None
    channels = size.value if isinstance(size, Constant) else fed
    if not isinstance(channels, int) or _setting(given, "groups") not in {None, Constant(1)}:
        return 0
    if given.defaults is None or _setting(given, "normalizer_fn") not in {None, NONE}:
        return 0
    if effect.kind == "dense":
        return channels
    kernel = _setting(given, "kernel_size")
    sizes = shape_of(kernel) or (shape_of(Tuple((kernel,))) * effect.rank if kernel is not None else ())
    known = [size for size in sizes if size is not None]
    return channels * prod(known) if sizes and len(known) == len(sizes) == effect.rank else 0


def _argument(given: Given, param: str) -> Place:
    """Where a parameter is given; of a layer object: where it was made."""
    if isinstance(given.receiver, Built):
        return given.receiver.place
    expr: ir.Expr | None = next((expr for name, expr in given.node.keywords if name == param), None)
    return given.place if expr is None else given.machine.place(expr.id)


def _scored(given: Given, prediction: Value | None, name: str) -> None:
    _report_dropped(given, _of(given, prediction), name)


def _report_dropped(given: Given, chain: Chain | None, name: str) -> None:
    if chain is not None and chain.dropout is not None:
        given.machine.emit(DroppedScores(given.place, name, chain))
