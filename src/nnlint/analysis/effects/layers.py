"""Layers, activations and the operations between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nnlint.analysis.above import above
from nnlint.analysis.arithmetic import negated
from nnlint.analysis.calls import Args
from nnlint.analysis.chains import handed_out, put
from nnlint.analysis.containers import items_of, known_items
from nnlint.analysis.effects.dropout import note_dropout, note_told
from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.starts import may_be_trained
from nnlint.analysis.events import ActivationCall, LayerCall, on_a_branch
from nnlint.analysis.formulas import exponential
from nnlint.analysis.graph_cuts import note_fed_layer
from nnlint.analysis.join import options
from nnlint.analysis.machine import Machine
from nnlint.analysis.thresholds import trained_as_logits
from nnlint.analysis.values import (
    NONE,
    UNKNOWN,
    Built,
    Constant,
    External,
    Function,
    List,
    Method,
    Obj,
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
from nnlint.knowledge.spec import Scale

__all__ = [
    "activation", "apply_sequence", "as_tensor", "layer",
]  # fmt: skip

_SCALES = {
    "softmax": Scale.PROBABILITIES,
    "softmax2d": Scale.PROBABILITIES,
    "sigmoid": Scale.PROBABILITIES,
    "log_softmax": Scale.LOG_PROBABILITIES,
    "log_sigmoid": Scale.LOG_PROBABILITIES,
    "relu": Scale.RECTIFIED,
    "relu6": Scale.RECTIFIED,
    "tanh": Scale.BOUNDED,
    "softsign": Scale.BOUNDED,
    "hard_sigmoid": Scale.UNIT,
}
_NEVER_NEGATIVE = frozenset({Scale.PROBABILITIES, Scale.RECTIFIED, Scale.UNIT})
_POSITIVE = "never negative"
_MAKES_POSITIVE = frozenset({"abs", "softplus", "square"})
_SIGMOID = frozenset({"sigmoid", "log_sigmoid"})
_SOFTMAX = frozenset({"softmax", "log_softmax"})
_RAW_LAYERS = frozenset({"dense", "conv", "bilinear"})
_FACTORS = ("b", "x2", "y")
"""What functions that multiply any two tensors call the second one."""
_KEEPING_LAYERS = frozenset(
    {"dropout", "flatten", "reshape", "pad", "upsample", "noise", "input", "global-pool"}
)
_POINTWISE = frozenset(
    {"clamp", "sqrt", "exp", "log", "log1p", "abs", "pow", "square", "expm1", "log2", "log10"}
)


def as_tensor(value: Value) -> Tensor:
    """The tensor facts of a value; an unknown value is a tensor of unknown meaning."""
    if isinstance(value, Tensor):
        return value
    return Tensor(value.place) if isinstance(value, Unknown) else Tensor()


def layer(given: Given) -> Value:
    """Apply a framework layer, its built-in normalisation and activation included."""
    effect = given.entry.does
    assert isinstance(effect, spec.Layer)
    operand = given.operand(effect.operand)
    built = given.receiver if isinstance(given.receiver, Built) else None
    settings = _settings(given, built)
    name = _spelled(given, built)
    if effect.kind == "input":
        return Tensor(given.place, made="input", by=name)
    output = _raw_output(effect, operand, settings, given.place, _shown(given), name)
    output = _activated(given, effect, settings, output, name)
    inputs = _inputs(given, operand)
    if effect.kind == "dropout" or given.name.endswith("scaled_dot_product_attention"):
        note_dropout(given)
    if effect.flag == "training" and built is not None and "training" in given.values:
        note_told(given)
    _record(
        given.machine, given.place, name, effect.kind, built or External(given.name), inputs, output, given
    )
    if given.values.get("outputs_collections") is not None:
        output = replace(output, made="op")  # read out of the collection
    if effect.kind == "recurrent" and given.name.startswith(("torch.", "tensorflow.nn.dynamic")):
        return Tuple((output, Unknown(given.place)))
    return output


def _inputs(given: Given, operand: Value) -> tuple[Value, ...]:
    values = list(given.values.values()) if given.entry.builds else [operand]
    flat: list[Value] = []
    for value in values:
        flat.extend(known_items(given.machine, value) if isinstance(value, (Tuple, List)) else [value])
    return tuple(flat)


def _settings(given: Given, built: Built | None) -> Callable[[str], Value | None]:
    """Look up constructor arguments, for functions the arguments of the call."""
    if built is None:
        return given.get

    def look(param: str) -> Value | None:
        found = built.args.get(param)
        if found is not None:
            return found
        if "open" in built.attrs:
            return UNKNOWN
        default = built.entry.defaults.get(param)
        return Constant(default) if param in built.entry.defaults else None  # type: ignore[arg-type]

    return look


def _spelled(given: Given, built: Built | None) -> str:
    """The name of a layer as the reader knows it."""
    short = given.name.rpartition(".")[2]
    if built is not None and given.machine.folding:
        return short
    return spell(given.node.func) or short


def _shown(given: Given) -> Place:
    """Where a reader finds the application: inside a container that is where the layer was made."""
    built = given.receiver
    return built.place if given.machine.folding and isinstance(built, Built) else given.place


def _raw_output(
    effect: spec.Layer,
    operand: Value,
    settings: Callable[[str], Value | None],
    place: Place,
    shown: Place,
    name: str,
) -> Tensor:
    before = as_tensor(operand)
    if effect.kind in _RAW_LAYERS:
        size = settings(effect.out_size) if effect.out_size else None
        units = size.value if isinstance(size, Constant) and isinstance(size.value, int) else None
        if not effect.out_size:
            units = _of_weights(settings)
        normalized = settings("normalizer_fn")
        # Weights that are kept positive make positive sums of what is never negative.
        raw = (normalized is None or normalized == NONE) and before.by != _POSITIVE
        raw = raw and not _filters(effect, settings("weight")) and not _is_bare_product(before, settings)
        because = (Origin(shown, f"{name} gives raw scores"),)
        return Tensor(
            place,
            Scale.LOGITS if raw else Scale.UNKNOWN,
            because=because if raw else (),
            made="layer",
            by=name,
            units=units,
            axis="last" if effect.kind == "dense" else "channel",
            option=effect.activation,
        )
    # The mean of rectified maps is a score like any other: SqueezeNet ends so on purpose.
    pooled = effect.kind == "global-pool" and before.scale is Scale.RECTIFIED
    if effect.kind in _KEEPING_LAYERS and not pooled:
        units = before.units if effect.kind in {"dropout", "noise"} else None
        return replace(before, place=place, made="layer", by=name, units=units, measure=None)
    if effect.kind == "other" and effect.activation and not effect.out_size:
        return replace(before, place=place, measure=None)
    return Tensor(place, made="layer", by=name)


def _filters(effect: spec.Layer, weights: Value | None) -> bool:
    """A convolution with weights that nothing says are trained: a blur or another filter of images."""
    if effect.kind != "conv" or weights is None or isinstance(weights, (Method, Built)):
        return False
    return not (isinstance(weights, Tensor) and weights.made == "variable")


def _is_bare_product(one: Tensor, settings: Callable[[str], Value | None]) -> bool:
    """A product of two tensors, neither of which is known to be a variable: with filters, of keys."""
    other = next((found for name in _FACTORS if (found := settings(name)) is not None), None)
    factors = () if other is None else (one, other)
    return bool(factors) and not any(map(may_be_trained, factors))


def _of_weights(settings: Callable[[str], Value | None]) -> int | None:
    """The columns of the weights in a product that is written out, ``matmul(x, w)``."""
    weights = settings("b")
    flipped = settings("transpose_b")
    if flipped is not None and flipped != Constant(False):
        return None
    return weights.units if isinstance(weights, Tensor) and weights.made == "variable" else None


def _activated(
    given: Given, effect: spec.Layer, settings: Callable[[str], Value | None], output: Tensor, name: str
) -> Tensor:
    """Apply the activation that the layer was given."""
    if not effect.activation or effect.kind == "recurrent":
        return output
    chosen = settings(effect.activation)
    if chosen is None or chosen == NONE:
        return output
    result = apply_chosen(given, chosen, output, effect, name)
    if isinstance(result, Tensor):
        return replace(result, place=output.place, made="layer", by=name, option=effect.activation)
    return Tensor(output.place, made="layer", by=name)


def apply_chosen(given: Given, chosen: Value, operand: Value, layer: spec.Layer | None, name: str) -> Value:
    """Apply an activation named by a string, function or object."""
    known: str | None = None
    if isinstance(chosen, Constant) and isinstance(chosen.value, str):
        known = index.string("activation", chosen.value)
    elif isinstance(chosen, (External, Built)):
        known = chosen.name
    elif isinstance(chosen, Function):
        return above.call_value(given.machine, chosen, Args((operand,), {}, False), given.node)
    entry = index.find(known) if known else None
    if entry is None:
        return UNKNOWN
    if isinstance(entry.does, spec.Keep):
        return operand
    if not isinstance(entry.does, spec.Activation):
        return UNKNOWN
    return _apply_activation(given, entry.does, as_tensor(operand), None, layer, name)


def activation(given: Given) -> Value:
    """Apply an activation function or activation layer."""
    effect = given.entry.does
    assert isinstance(effect, spec.Activation)
    operand = given.operand(effect.operand)
    if effect.function in {"neg", "negative"}:
        return negated(operand, given.place)
    built = given.receiver if isinstance(given.receiver, Built) else None
    settings = _settings(given, built)
    name = _spelled(given, built)
    if effect.function == "":
        chosen = settings("activation") or NONE
        result = as_tensor(operand) if chosen == NONE else apply_chosen(given, chosen, operand, None, name)
        output = as_tensor(result)
    else:
        if isinstance(operand, Constant):
            return Unknown(given.place)
        axis = settings(effect.axis) if effect.axis else None
        output = _apply_activation(given, effect, as_tensor(operand), axis, None, name)
    output = replace(output, place=given.place)
    if effect.function not in _POINTWISE:
        output = replace(output, made="activation", by=name)
        kind = "activation"
        _record(
            given.machine, given.place, name, kind, built or External(given.name), (operand,), output, given
        )
    return output


def _apply_activation(
    given: Given,
    effect: spec.Activation,
    operand: Tensor,
    axis: Value | None,
    layer: spec.Layer | None,
    name: str,
) -> Tensor:
    output = _transferred(effect.function, operand, _shown(given), name, layer is not None)
    if effect.function in _SIGMOID:
        trained_as_logits(given.machine, operand, given.place)
    over_batch = effect.axis and isinstance(axis, Constant) and axis.value == 0 and axis.value is not False
    output = replace(output, place=given.place, axis="batch" if over_batch else output.axis)
    implicit = given.receiver.place if isinstance(given.receiver, Built) else given.place
    left_out = layer is None and axis == NONE and not given.open and "dim" in given.entry.defaults
    path = given.machine.path
    given.machine.emit(
        ActivationCall(
            given.place,
            name,
            effect,
            operand,
            output,
            axis,
            layer,
            implicit if left_out else None,
            on_a_branch(path),
            given.name.startswith("numpy."),
            path is None or path.inside("no_grad") is None,
        )
    )
    return output


def _transferred(function: str, operand: Tensor, place: Place, name: str, inside: bool) -> Tensor:
    """What an activation makes of the meaning of its operand."""
    kept = replace(operand, place=place, measure=None)
    if function in {"", "linear", "identity"}:
        return kept
    if function == "clamp":
        return replace(kept, shifted=True, made="op", by="clamp")
    if function == "abs" and operand.scale in _NEVER_NEGATIVE:
        return replace(kept, made="op")
    if function == "log" and operand.scale is Scale.PROBABILITIES:
        return replace(kept, scale=Scale.LOG_PROBABILITIES, function=f"log {operand.function}", made="op")
    if function == "exp" and operand.scale is Scale.LOG_PROBABILITIES:
        return replace(kept, scale=Scale.PROBABILITIES, function="softmax", made="op")
    if function == "exp":
        return exponential(operand, place)
    if function == "one_hot":
        made = (Origin(place, "one-hot codes are made here"),)
        return Tensor(place, function=function, because=made, made="op")
    if function == "log" and operand.scale is Scale.LOGITS:
        return Tensor(place, function="log logits", because=operand.because, made="op", data=operand.data)
    scale = _SCALES.get(function, Scale.UNKNOWN)
    if scale is Scale.UNKNOWN:
        by = _POSITIVE if function in _MAKES_POSITIVE else ""
        return Tensor(place, made="op", by=by, data=operand.data)
    where = f"{name} applies {function}" if inside else f"{function} is applied here"
    cut = operand.because[0] if operand.scale is Scale.RECTIFIED and operand.because else None
    return Tensor(
        place, scale, function, (Origin(place, where),), "activation", name, operand.units, operand.axis,
        rectified=cut if function in _SOFTMAX and not operand.option else None,  # its own: told where that is
    )  # fmt: skip


def _record(
    machine: Machine,
    place: Place,
    name: str,
    kind: str,
    made_by: Value,
    inputs: tuple[Value, ...],
    output: Tensor,
    given: Given,
) -> None:
    call = LayerCall(place, name, kind, made_by, inputs, output, machine.frame.serial, machine.path)
    note_fed_layer(machine, call)
    machine.inputs_of[place] = inputs
    if not (given.values.get("outputs_collections") or machine.folding):
        machine.frame.layer_calls.append(call)
    machine.emit(call)


def apply_sequence(
    machine: Machine, owner: Obj, value: Value, node: ir.Call, args: Args | None, call_value: Any
) -> Value:
    """Fold a value through the items of a container and record the application of the whole."""
    items = items_of(owner)
    place = machine.place(node.id)
    if isinstance(owner, Built):
        machine.wiring.gone_through.add(owner.place)
    if not items:
        return Unknown(place)
    machine.folding += 1
    current = value
    rest = args if args is not None and len(items) == 1 else None
    for item in items:
        if isinstance(item, Tensor) and item.made == "input":
            current = item
            continue
        if not all(isinstance(option, Built) for option in options(item)):
            put(machine, place, None)  # every item has the place of the container's call
        again = isinstance(item, Built) and item.serial in machine.settings.repeated
        for _ in range(2 if again else 1):
            called = rest if rest is not None else Args((current,), {}, False)
            current = call_value(machine, item, called, node)
    machine.folding -= 1
    if not machine.folding and isinstance(current, (Tensor, Unknown)):
        handed_out(machine, current.place, place)
    if isinstance(current, Tuple):
        return current
    name = spell(node.func) or "the model"
    output = replace(as_tensor(current), place=place, made="network", by=name)
    call = LayerCall(place, name, "network", owner, (value,), output, machine.frame.serial, machine.path)
    machine.inputs_of[place] = (value,)
    if not machine.folding:
        machine.frame.layer_calls.append(call)
    machine.emit(call)
    return output
