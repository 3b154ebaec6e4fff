"""Which layer feeds which, and how their weights start."""

from __future__ import annotations

from math import prod

from nnlint.analysis.chains import put
from nnlint.analysis.containers import items_of
from nnlint.analysis.effects.configuring import configured
from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.linking import carried, linked
from nnlint.analysis.settings import number
from nnlint.analysis.settings_events import Chain, DroppedScores, Fed, Start, Started
from nnlint.analysis.values import (
    NONE,
    Built,
    Constant,
    External,
    List,
    Method,
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

__all__ = ["followed", "overwritten"]

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
_START = "<start>"
_FILLS: dict[str, spec.Initializer] = {
    "fill_": spec.Initializer("constant", "value"),
    "normal_": spec.Initializer("normal", "std", 1.0),
    "uniform_": spec.Initializer("uniform", "to", 1.0),
    "zero_": spec.Initializer("constant"),
}
"""Methods of tensors that overwrite them, with what holds where nothing is given."""


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
            _begun(given, effect)
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
        if before.start is not None:
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
    link = linked(given, effect, before, weights) if effect.kind == "dense" else None
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


def _begun(given: Given, effect: spec.Constant | spec.Initializer) -> None:
    """A tensor, a variable, or the weights of a layer start in a known way."""
    settings = given.machine.settings
    if isinstance(effect, spec.Initializer):
        if effect.operand:
            _overwritten(given, effect)
        return
    start = None
    if effect.starts is not None:
        start = _made(given, effect.starts, given.place, _shape(given.get("shape") or given.get("dims")))
        start = start and start._replace(trained=False)
    else:
        for param in ("initial_value", "initializer"):
            initial = given.values.get(param)
            if isinstance(initial, Tensor) and initial.place is not None:
                start = settings.starts.get(initial.place)
                start = start and start._replace(trained=True)
            elif initial is not None:
                start = _initialized(given, initial, given.place, _shape(given.get("shape")))
    known = settings.starts.get(given.place, start)
    if start is not None or known is not None:
        settings.starts[given.place] = _agreed(known, start)


def _agreed(one: Start | None, other: Start | None) -> Start | None:
    """What two variables that one call makes have in common: a helper makes weights and biases with it."""
    if one is None or other is None or one[:3] != other[:3] or one.trained != other.trained:
        return None
    same = len(one.shape) == len(other.shape)
    shape = tuple(a if a == b else None for a, b in zip(one.shape, other.shape, strict=True)) if same else ()
    return other._replace(shape=shape)


def _overwritten(given: Given, effect: spec.Initializer) -> None:
    """``init.zeros_(layer.weight)``."""
    operand = given.operand(effect.operand)
    if (
        isinstance(operand, Method)
        and operand.name.endswith(".weight")
        and isinstance(operand.receiver, Built)
    ):
        start = _made(given, effect, given.place, ())
        if start is not None:
            _note(given, operand.receiver, start)


def overwritten(given: Given) -> None:
    """``layer.weight.data.normal_(0, 1)``: a method of the weights of a layer that fills them."""
    weights = given.receiver
    effect = _FILLS.get(given.name.rpartition(".")[2])
    if effect is None or not isinstance(weights, Method) or not weights.name.endswith(".weight"):
        return
    value: float | None = effect.fixed
    if effect.value in given.values:
        value, _ = number(given.machine.settings, given.values[effect.value])
    if value is not None and isinstance(weights.receiver, Built):
        _note(given, weights.receiver, Start(given.place, effect.kind, value, ()))


def _note(given: Given, layer: Built, start: Start) -> None:
    """The weights of a layer start so, unless that hangs on a condition, as on what kind of layer it is."""
    step = given.machine.path
    while step is not None and step.kind not in {"if", "else", "case", "except", "call"}:
        step = step.outer
    place = Place(_START, layer.serial)
    if step is None or step.kind == "call":
        given.machine.settings.starts[place] = start
    else:
        given.machine.settings.starts.pop(place, None)


def _shape(value: Value | None) -> tuple[int | None, ...]:
    if isinstance(value, (Tuple, List)):
        items = value.items if isinstance(value, Tuple) else items_of(value)
        return tuple(
            item.value if isinstance(item, Constant) and isinstance(item.value, int) else None
            for item in items
        )
    return ()


def _made(
    given: Given,
    effect: spec.Initializer,
    place: Place,
    shape: tuple[int | None, ...],
    built: Built | None = None,
) -> Start | None:
    value: float | None = effect.fixed
    if effect.value:
        found = built.args.get(effect.value) if built is not None else given.values.get(effect.value)
        entry = built.entry if built is not None else given.entry
        if found is None and effect.value in entry.defaults:
            found = Constant(entry.defaults[effect.value])  # type: ignore[arg-type]
        value, _ = number(given.machine.settings, found)
    return None if value is None else Start(place, effect.kind, value, shape)


def _initialized(given: Given, chosen: Value, place: Place, shape: tuple[int | None, ...]) -> Start | None:
    """What an initializer named by a string, class or object does."""
    known: str | None = None
    if isinstance(chosen, Constant) and isinstance(chosen.value, str):
        known = index.string("initializer", chosen.value)
    elif isinstance(chosen, (External, Built)):
        known = chosen.name
    entry = index.find(known) if known else None
    if entry is None or not isinstance(entry.does, spec.Initializer):
        return None
    built = chosen if isinstance(chosen, Built) else Built(known or "", entry, {}, place)
    return _made(given, entry.does, place, shape, built)


def _start(given: Given, weights: Tensor | None, before: Chain | None) -> Start | None:
    """How the weights of a layer start; reports the number of values each unit adds up, where it is known."""
    settings = given.machine.settings
    built = given.receiver
    start: Start | None = None
    if weights is not None:
        start = settings.starts.get(weights.place) if weights.place is not None else None
    elif isinstance(built, Built) and (found := settings.starts.get(Place(_START, built.serial))) is not None:
        start = found
    else:
        for param in _INITIALIZERS:
            chosen = _setting(given, param)
            if chosen is not None:
                start = _initialized(given, chosen, _argument(given, param), ())
    if start is None or not start.trained:
        return None
    sizes = () if weights is None else start.shape[-2:-1] if _kind(given) == "dense" else start.shape[:-1]
    known = [size for size in sizes if size is not None]
    if len(known) == len(sizes) and sizes:
        fan_in = prod(known)
    elif weights is not None or not (fan_in := _fan_in(given, before)):
        return start
    given.machine.emit(Started(start.place, _spelled(given), start, fan_in, settings.facts))
    return start


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
    sizes = _shape(kernel) or (_shape(Tuple((kernel,))) * effect.rank if kernel is not None else ())
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
