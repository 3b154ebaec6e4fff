"""Keras networks that learn from arrays: what they are fed, what they are validated on, what chooses."""

from __future__ import annotations

from nnlint.analysis.containers import known_items
from nnlint.analysis.data_events import FitCall, PredictCall, SplitCall
from nnlint.analysis.effects import training
from nnlint.analysis.effects.given import Given
from nnlint.analysis.mixups import validated_by
from nnlint.analysis.provenance import begun
from nnlint.analysis.raw_inputs import takes_raw
from nnlint.analysis.sampling import fold_learnt_from
from nnlint.analysis.values import (
    Built,
    Constant,
    Fitted,
    Instance,
    List,
    Place,
    Provenance,
    Rows,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir.spell import spell
from nnlint.knowledge import spec

__all__ = ["train"]

_NETWORK = spec.Estimator("network")


def train(given: Given) -> Value:
    """`model.fit(x, y)`."""
    effect = given.entry.does
    assert isinstance(effect, spec.Train)
    model, x = given.receiver, given.operand(effect.x)
    if effect.validation:
        validated_by(given.machine, given.node, effect.validation)
    x = _flowing(given, x)
    if isinstance(model, (Built, Instance)) and isinstance(x, Tensor) and x.data is not None:
        _learn(given, effect, model, x, x.data)
    return training.train(given)


def _learn(given: Given, effect: spec.Train, model: Built | Instance, x: Tensor, data: Provenance) -> None:
    machine = given.machine
    data = machine.feed.in_sight(data)
    y = given.values.get(effect.y) if effect.y else None
    target = y.data if isinstance(y, Tensor) else None
    validation = _validation(given, effect, data)
    watched = _watched(given)
    text = spell(given.node.args[0]) if given.node.args else effect.x
    machine.state.set(model, "fitted", Fitted(data, given.place, target, validation, watched, text))
    event = FitCall(
        given.place,
        spell(given.node.func),
        model,
        _NETWORK,
        x,
        data,
        False,
        tuple(machine.fits),
        text,
        target,
        validation,
        watched,
        data.raw and takes_raw(machine, model),
        data.root not in machine.feed.tables or data.root in machine.feed.looked_at,
    )
    machine.fits.append(event)
    machine.emit(event)
    if machine.feed.folded:
        fold_learnt_from(machine, data)
    _validated(given, effect, model)


def _validated(given: Given, effect: spec.Train, model: Built | Instance) -> None:
    """The data passed for validation are used like those of a call that judges, in every round."""
    fitted, value = model.attrs.get("fitted"), given.values.get(effect.validation)
    items = known_items(given.machine, value) if isinstance(value, (Tuple, List)) else (value,)
    x, y = (*items, None, None)[:2]
    node = next((expr for name, expr in given.node.keywords if name == effect.validation), given.node)
    if not isinstance(fitted, Fitted) or fitted.data is None or not isinstance(x, Tensor) or x.data is None:
        return
    target = y.data if isinstance(y, Tensor) else None
    place, name = given.machine.place(node.id), f"{spell(given.node.func)}({effect.validation})"
    given.machine.emit(
        PredictCall(place, name, model, x.data, fitted.data, fitted.place, True, fitted, target, True)
    )


def _flowing(given: Given, x: Value) -> Value:
    """Images out of a generator: what arrays it was given, or where they are known to be pixels up to 255."""
    place = x.place if isinstance(x, Unknown) else None
    if place is None:
        return x
    if place in given.machine.feed.arrays:
        return Tensor(place, data=given.machine.feed.arrays[place])
    raw = given.machine.feed.flows.get(place, (False, False))[1]
    return Tensor(place, data=begun(place, raw=True)) if raw else x


def _validation(given: Given, effect: spec.Train, data: Provenance) -> Provenance | None:
    """The data that are passed for validation, or a share of the training data."""
    value = given.values.get(effect.validation) if effect.validation else None
    if isinstance(value, (Tuple, List)):
        items = known_items(given.machine, value)
        first = items[0] if items else None
        return first.data if isinstance(first, Tensor) else None
    if isinstance(value, Tensor):
        return value.data
    share = given.values.get("validation_split")
    if isinstance(share, Constant) and share.value:
        whole = Tensor(data.root, data=data)
        given.machine.emit(SplitCall(given.place, "validation_split", (whole,), False))
        return data._replace(role="validation", rows=(*data.rows, Rows("test", given.place)))
    return None


def _watched(given: Given) -> Place | None:
    """A callback that stops, keeps the best weights or changes the rate by what validation shows."""
    callbacks = given.values.get("callbacks")
    if not isinstance(callbacks, (Tuple, List)):
        return None
    for callback in known_items(given.machine, callbacks):
        if not isinstance(callback, Built) or not isinstance(callback.entry.does, spec.Action):
            continue
        monitor, best = callback.args.get("monitor"), callback.args.get("save_best_only")
        trains = isinstance(monitor, Constant) and not str(monitor.value).startswith("val")
        chooses = callback.entry.does.name == "stop" or (isinstance(best, Constant) and best.value is True)
        if chooses and not trains:
            return callback.place
    return None
