"""How weights start: variables, initializers, and what overwrites the weights of a layer."""

from __future__ import annotations

from nnlint.analysis.containers import items_of
from nnlint.analysis.effects.given import Given
from nnlint.analysis.settings import number
from nnlint.analysis.settings_events import Start
from nnlint.analysis.values import (
    Built,
    Constant,
    External,
    List,
    Method,
    Place,
    Tensor,
    Tuple,
    Value,
)
from nnlint.knowledge import index, spec

__all__ = ["START", "begun", "initialized", "may_be_trained", "overwritten", "shape_of"]

START = "<start>"
"""The path of the places that stand for the weights of a layer, by its serial number."""
_FILLS: dict[str, spec.Initializer] = {
    "fill_": spec.Initializer("constant", "value"),
    "normal_": spec.Initializer("normal", "std", 1.0),
    "uniform_": spec.Initializer("uniform", "to", 1.0),
    "zero_": spec.Initializer("constant"),
}
"""Methods of tensors that overwrite them, with what holds where nothing is given."""
_GIVEN = frozenset({"array", "as_tensor", "asarray", "constant", "convert_to_tensor", "from_numpy", "tensor"})


def may_be_trained(value: Value) -> bool:
    """A variable, or a tensor of drawn numbers; not one that holds numbers which the code gives it."""
    if type(value) is not Tensor or value.made != "variable":
        return False
    return value.by.rpartition(".")[2] not in _GIVEN


def begun(given: Given, effect: spec.Constant | spec.Initializer) -> None:
    """A tensor, a variable, or the weights of a layer start in a known way."""
    settings = given.machine.settings
    if isinstance(effect, spec.Initializer):
        if effect.operand:
            _overwritten(given, effect)
        return
    start = None
    if effect.starts is not None:
        start = _made(given, effect.starts, given.place, shape_of(given.get("shape") or given.get("dims")))
        start = start and start._replace(trained=False)
    else:
        for param in ("initial_value", "initializer"):
            initial = given.values.get(param)
            if isinstance(initial, Tensor) and initial.place is not None:
                start = settings.starts.get(initial.place)
                start = start and start._replace(trained=True)
            elif initial is not None:
                once = param == "initializer"
                start = initialized(given, initial, given.place, shape_of(given.get("shape")), once)
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
    place = Place(START, layer.serial)
    if step is None or step.kind == "call":
        given.machine.settings.starts[place] = start
    else:
        given.machine.settings.starts.pop(place, None)


def shape_of(value: Value | None) -> tuple[int | None, ...]:
    """The sizes in a list or tuple, None for those that are not known."""
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
    once: bool = False,
) -> Start | None:
    value: float | None = effect.fixed
    if effect.value:
        found = built.args.get(effect.value) if built is not None else given.values.get(effect.value)
        entry = built.entry if built is not None else given.entry
        if found is None and effect.value in entry.defaults:
            found = Constant(entry.defaults[effect.value])  # type: ignore[arg-type]
        value, _ = number(given.machine.settings, found)
        if found is None and once:
            value = effect.once
    return None if value is None else Start(place, effect.kind, value, shape)


def initialized(
    given: Given, chosen: Value, place: Place, shape: tuple[int | None, ...], once: bool = False
) -> Start | None:
    """What an initializer named by a string, class or object does. once: to a variable of TensorFlow 1."""
    known: str | None = None
    if isinstance(chosen, Constant) and isinstance(chosen.value, str):
        known = index.string("initializer", chosen.value)
    elif isinstance(chosen, (External, Built)):
        known = chosen.name
    entry = index.find(known) if known else None
    if entry is None or not isinstance(entry.does, spec.Initializer):
        return None
    built = chosen if isinstance(chosen, Built) else Built(known or "", entry, {}, place)
    return _made(given, entry.does, place, shape, built, once)
