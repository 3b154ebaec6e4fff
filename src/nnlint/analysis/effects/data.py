"""Data: where they come from, how they are divided, what is fitted on them and used on them."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.effects.given import Given
from nnlint.analysis.events import FitCall, PredictCall, SplitCall
from nnlint.analysis.values import (
    Built,
    Fitted,
    Place,
    Provenance,
    Split,
    Step,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir.spell import spell
from nnlint.knowledge import spec

__all__ = ["fit", "fit_transform", "load", "predict", "provenance", "score", "split", "transform"]


def provenance(value: Value) -> Provenance | None:
    """Where a value's data come from, if that is known."""
    return value.data if isinstance(value, Tensor) else None


def load(given: Given) -> Value:
    """Read or generate data."""
    effect = given.entry.does
    assert isinstance(effect, spec.Load)
    place = given.place

    def data(role: str, part: str) -> Tensor:
        return Tensor(place, made="data", by=given.name, data=Provenance(place, role, part, None))

    if effect.gives == "train-test":
        pairs = [Tuple((data(role, "x"), data(role, "y"))) for role in ("train", "test")]
        return Tuple(tuple(pairs))
    if effect.gives == "x-y":
        return Tuple((data("all", "x"), data("all", "y")))
    return data("all", "")


def split(given: Given) -> Value:
    """Divide arrays into training and test parts."""
    effect = given.entry.does
    assert isinstance(effect, spec.Split)
    if effect.kind != "arrays":
        return Unknown(given.place)
    arrays = given.args.positional
    if not arrays or given.args.open:
        return Unknown(given.place)
    known = tuple(value for value in arrays if isinstance(value, (Tensor, Unknown)))
    given.machine.emit(SplitCall(given.place, _name(given), known))
    parts: list[Value] = []
    for position, array in enumerate(arrays):
        part = "" if len(arrays) != 2 else "xy"[position]
        parts += [_part_of(array, role, part, given.place) for role in ("train", "test")]
    return Tuple(tuple(parts))


def _part_of(array: Value, role: str, part: str, place: Place) -> Value:
    before = provenance(array)
    if before is None:
        root = array.place if isinstance(array, (Tensor, Unknown)) else None
        before = Provenance(root or place, "all", part, None)
    # Dividing training data again makes a validation split of the test half.
    held_out = "validation" if before.role == "train" and role == "test" else role
    data = before._replace(role=held_out, part=before.part or part, split=Split(place, before.root))
    if isinstance(array, Tensor):
        return replace(array, place=place, data=data, made="data", by="split")
    return Tensor(place, made="data", by="split", data=data)


def fit(given: Given) -> Value:
    """`estimator.fit(x)`."""
    effect = given.entry.does
    assert isinstance(effect, spec.Fit)
    built = given.receiver
    if isinstance(built, Built):
        _learn(given, built, given.operand(effect.x), False)
        return built
    return Unknown(given.place)


def fit_transform(given: Given) -> Value:
    """`estimator.fit_transform(x)`."""
    effect = given.entry.does
    assert isinstance(effect, spec.FitTransform)
    built, x = given.receiver, given.operand(effect.x)
    if not isinstance(built, Built):
        return Unknown(given.place)
    _learn(given, built, x, True)
    return _transformed(given, built, x)


def _learn(given: Given, built: Built, x: Value, transforms: bool) -> None:
    machine = given.machine
    estimator = built.entry.does
    data = provenance(x)
    machine.state.set(built, "fitted", Fitted(data, given.place))
    if not isinstance(estimator, spec.Estimator):
        return
    name = built.name.rpartition(".")[2]
    event = FitCall(given.place, name, built, estimator, x, data, transforms, tuple(machine.fits))
    machine.fits.append(event)
    machine.emit(event)


def transform(given: Given) -> Value:
    """`estimator.transform(x)`."""
    effect = given.entry.does
    assert isinstance(effect, spec.Transform)
    built, x = given.receiver, given.operand(effect.x)
    if not isinstance(built, Built) or effect.inverse:
        return Tensor(given.place, made="op")
    return _transformed(given, built, x)


def _transformed(given: Given, built: Built, x: Value) -> Value:
    estimator = built.entry.does
    if not isinstance(estimator, spec.Estimator):
        return Unknown(given.place)
    data = provenance(x)
    if data is None:
        root = x.place if isinstance(x, (Tensor, Unknown)) else None
        data = Provenance(root or given.place, "all" if root is None else "", "", None)
    fitted = built.attrs.get("fitted")
    role = fitted.data.role if isinstance(fitted, Fitted) and fitted.data is not None else ""
    step = Step(
        given.place,
        estimator.kind,
        built.name.rpartition(".")[2],
        built.serial,
        role,
        estimator.stateless,
        estimator.of == "labels",
    )
    return Tensor(given.place, made="data", by=step.name, data=data._replace(steps=(*data.steps, step)))


def predict(given: Given) -> Value:
    """`estimator.predict(x)`."""
    effect = given.entry.does
    assert isinstance(effect, spec.Predict)
    _use(given, given.operand(effect.x))
    return Tensor(given.place, made="op", by="predict")


def score(given: Given) -> Value:
    """`estimator.score(x, y)`, `model.evaluate(x, y)`."""
    effect = given.entry.does
    assert isinstance(effect, spec.Score)
    _use(given, given.operand(effect.x))
    return Unknown(given.place)


def _use(given: Given, x: Value) -> None:
    built = given.receiver
    data = provenance(x)
    if not isinstance(built, Built) or data is None:
        return
    fitted = built.attrs.get("fitted")
    if isinstance(fitted, Fitted) and fitted.data is not None:
        event = PredictCall(given.place, spell(given.node.func), built, data, fitted.data, fitted.place)
        given.machine.emit(event)


def _name(given: Given) -> str:
    return given.name.rpartition(".")[2]
