"""Data: where they come from, how they are divided, what is fitted on them and used on them."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.containers import known_items
from nnlint.analysis.data_events import CrossValidation, FitCall, MetricCall, PredictCall, SplitCall
from nnlint.analysis.effects import measures, training
from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.tables import draw_order
from nnlint.analysis.provenance import LEARNING, UNKNOWN_ORDER, begun, chosen, spelled, word_role
from nnlint.analysis.values import (
    Built,
    Constant,
    Fitted,
    Instance,
    List,
    Origin,
    Provenance,
    Rows,
    Step,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir.spell import spell
from nnlint.knowledge import spec

__all__ = [
    "action",
    "fit",
    "fit_transform",
    "learn",
    "load",
    "metric",
    "permute",
    "predict",
    "provenance",
    "score",
    "split",
    "transform",
    "use",
]


def provenance(value: Value | None) -> Provenance | None:
    """Where a value's data come from, if that is known."""
    return value.data if isinstance(value, Tensor) else None


def load(given: Given) -> Value:
    """Read or generate data."""
    effect = given.entry.does
    assert isinstance(effect, spec.Load)
    place = given.place

    def data(role: str, part: str) -> Tensor:
        rows = () if role == "all" else (Rows(role, place),)
        origin = begun(place, role, part, raw=effect.raw and part != "y")._replace(rows=rows)
        return Tensor(place, made="data", by=given.name, data=origin)

    if effect.gives == "train-test":
        pairs = [Tuple((data(role, "x"), data(role, "y"))) for role in ("train", "test")]
        return Tuple(tuple(pairs))
    if effect.gives == "x-y" or _asks_for_pair(given):
        return Tuple((data("all", "x"), data("all", "y")))
    origin = data("all", "")
    if origin.data is not None:
        origin = replace(origin, data=origin.data._replace(hint=_file_role(given)))
    return origin


def _asks_for_pair(given: Given) -> bool:
    option = given.get("return_X_y")
    return isinstance(option, Constant) and option.value is True


def _file_role(given: Given) -> str:
    """What the name of a file says of its contents."""
    first = given.args.positional[0] if given.args.positional else None
    if isinstance(first, Constant) and isinstance(first.value, str):
        return word_role(first.value.replace("\\", "/").rpartition("/")[2])
    return ""


def split(given: Given) -> Value:
    """Divide arrays into training and test parts, or into folds."""
    effect = given.entry.does
    assert isinstance(effect, spec.Split)
    if effect.kind == "folds":
        return _folds(given)
    if effect.kind == "datasets":
        return _datasets(given)
    arrays = given.args.positional
    if not arrays or given.args.open:
        return Unknown(given.place)
    known = tuple(value for value in arrays if isinstance(value, (Tensor, Unknown)))
    given.machine.emit(SplitCall(given.place, _name(given), known, _shuffles(given)))
    parts: list[Value] = []
    for position, array in enumerate(arrays):
        part = "" if len(arrays) != 2 else "xy"[position]
        parts += [_part_of(array, role, part, given) for role in ("train", "test")]
    return Tuple(tuple(parts))


def _shuffles(given: Given) -> bool | None:
    option = given.get("shuffle")
    return bool(option.value) if isinstance(option, Constant) else None if option is not None else True


def _part_of(array: Value, role: str, part: str, given: Given) -> Value:
    place = given.place
    before = provenance(array)
    if before is None:
        root = array.place if isinstance(array, (Tensor, Unknown)) else None
        before = begun(root or place, "all", part)._replace(order=UNKNOWN_ORDER)
    data = chosen(before, role, _split_key(given), place)
    if not data.part:
        data = data._replace(part=part)
    if isinstance(array, Tensor):
        return replace(array, place=place, data=data, made="data", by="split")
    return Tensor(place, made="data", by="split", data=data)


def _split_key(given: Given) -> object:
    """Splits of equally many rows with the same seed choose the same rows."""
    order = draw_order(given, "random_state")
    if order == given.place:
        return order
    sizes = [spelled(expr) for name, expr in given.node.keywords if name in {"test_size", "train_size"}]
    return (order, *sizes)


def _folds(given: Given) -> Value:
    """``folds.split(X)`` yields the numbers of training and test rows."""
    if not isinstance(given.receiver, Built):
        return Unknown(given.place)
    pair = Tuple(tuple(Tensor(given.place, made="index", by=role) for role in ("train", "test")))
    return List(attrs={"items": Tuple((pair, pair))})


def _datasets(given: Given) -> Value:
    """``random_split(dataset, lengths)``."""
    dataset, lengths = given.operand(given.entry.params[0]), given.args.positional[1:2]
    if not lengths or not isinstance(lengths[0], (List, Tuple)):
        return Unknown(given.place)
    before = provenance(dataset)
    if before is None:
        root = dataset.place if isinstance(dataset, (Tensor, Unknown, Built, Instance)) else None
        before = begun(root or given.place)
    parts = []
    for position in range(len(known_items(given.machine, lengths[0]))):
        data = before._replace(rows=(*before.rows, Rows("part", (given.place, position))), role="part")
        parts.append(Tensor(given.place, made="data", by="split", data=data))
    return Tuple(tuple(parts))


def permute(given: Given) -> Value:
    """A random order: of the rows of data, of numbers, in place or as a new array."""
    effect = given.entry.does
    assert isinstance(effect, spec.Permute)
    arrays = given.args.positional if effect.several else (given.operand(effect.operand),)
    order = draw_order(given, "random_state" if effect.several else "")
    results = tuple(_permuted(given, array, order) for array in arrays)
    if effect.in_place:
        from nnlint.analysis.shuffles import shuffled_in_place

        shuffled_in_place(given, arrays[0] if arrays else None, results[0] if results else None, order)
        return Constant(None)
    return results[0] if len(results) == 1 else Tuple(results)


def _permuted(given: Given, array: Value, order: object) -> Value:
    data = provenance(array)
    if isinstance(array, Tensor) and data is not None:
        return replace(array, place=given.place, data=data._replace(order=(*data.order, order)))
    if isinstance(array, Tensor) and array.made not in {"variable", "op", "permutation"}:
        return replace(array, place=given.place)
    return Tensor(given.place, made="permutation", by=given.name)


def fit(given: Given) -> Value:
    """`estimator.fit(x)`."""
    effect = given.entry.does
    assert isinstance(effect, spec.Fit)
    built = given.receiver
    if isinstance(built, Built):
        learn(given, built, effect.x, effect.y, False)
        return built
    return Unknown(given.place)


def fit_transform(given: Given) -> Value:
    """`estimator.fit_transform(x)`; of a resampler the pair of new samples and labels."""
    effect = given.entry.does
    assert isinstance(effect, spec.FitTransform)
    built, x = given.receiver, given.operand(effect.x)
    if not isinstance(built, Built):
        return _one_shot(given, x)
    learn(given, built, effect.x, effect.y, True)
    result = _transformed(given, built, x)
    estimator = built.entry.does
    if isinstance(estimator, spec.Estimator) and estimator.kind in {"resampler", "undersampler"}:
        return Tuple((result, _transformed(given, built, given.operand("y"))))
    return result


def _one_shot(given: Given, x: Value) -> Value:
    """`scale(x)`: fitted and applied at once, without an object."""
    data = provenance(x)
    if data is None:
        return Unknown(given.place)
    name = _name(given)
    step = Step(given.place, "scaler", name, 0, data.role, False, False, data.root, data.rows, None, None)
    return Tensor(
        given.place, made="data", by=name, data=data._replace(steps=(*data.steps, step), columns=None)
    )


def learn(given: Given, built: Built, x_name: str, y_name: str, transforms: bool) -> None:
    """An estimator learns: remember from what, and tell the rules."""
    machine = given.machine
    estimator = built.entry.does
    x = given.operand(x_name)
    text = _text(given, x_name)
    data, target = _known_or_not(x, text), provenance(given.values.get(y_name))
    machine.state.set(built, "fitted", Fitted(data, given.place, target, name=text))
    if not isinstance(estimator, spec.Estimator):
        return
    effect = replace(estimator, kind=kind_of(given, built))
    name = built.name.rpartition(".")[2]
    checked = data is None or data.root in machine.looked_at
    event = FitCall(
        given.place,
        name,
        built,
        effect,
        x,
        data,
        transforms,
        tuple(machine.fits),
        text,
        target,
        checked=checked,
    )
    machine.fits.append(event)
    machine.emit(event)
    if estimator.kind == "search" and data is not None:
        machine.emit(CrossValidation(given.place, name, data, False))


def _known_or_not(x: Value, text: str) -> Provenance | None:
    """Data of unknown origin are at least themselves."""
    data = provenance(x)
    if data is None and isinstance(x, (Unknown, Tensor)) and x.place is not None:
        return Provenance(x.place, word_role(text), "", None, order=UNKNOWN_ORDER)
    return data


def _text(given: Given, param: str) -> str:
    """How the code spells an argument."""
    for name, expr in given.node.keywords:
        if name == param:
            return spell(expr)
    return spell(given.node.args[0]) if given.node.args else ""


def kind_of(given: Given, built: Built) -> spec.EstimatorKind:
    """The kind of an estimator; a pipeline of transformers only is what its first learning step is."""
    estimator = built.entry.does
    assert isinstance(estimator, spec.Estimator)
    if estimator.kind != "pipeline":
        return estimator.kind
    inner = (one.entry.does for one in inner_estimators(given, built.args.get(estimator.steps)))
    kinds = [does.kind for does in inner if isinstance(does, spec.Estimator)]
    if "transform" not in given.name and any(kind not in LEARNING | {"encoder"} for kind in kinds):
        return "pipeline"
    return next((kind for kind in kinds if kind in LEARNING), "encoder" if kinds else "pipeline")


def inner_estimators(given: Given, value: Value | None, depth: int = 0) -> list[Built]:
    """The estimators that a pipeline or column transformer holds, outside in."""
    if isinstance(value, Built) and isinstance(value.entry.does, spec.Estimator):
        if value.entry.does.kind == "pipeline" and depth < 4:
            return inner_estimators(given, value.args.get(value.entry.does.steps), depth + 1)
        return [] if value.entry.does.stateless else [value]
    if isinstance(value, (Tuple, List)) and depth < 4:
        return [
            one
            for item in known_items(given.machine, value)
            for one in inner_estimators(given, item, depth + 1)
        ]
    return []


def transform(given: Given) -> Value:
    """`estimator.transform(x)`."""
    effect = given.entry.does
    assert isinstance(effect, spec.Transform)
    built, x = given.receiver, given.operand(effect.x)
    if not isinstance(built, Built):
        return Tensor(given.place, made="op")
    if effect.inverse:
        return _undone(given, built, x)
    return _transformed(given, built, x)


def _undone(given: Given, built: Built, x: Value) -> Value:
    """The way back through a transformer."""
    data = provenance(x)
    if data is None:
        return Tensor(given.place, made="op")
    steps = tuple(step for step in data.steps if step.estimator != built.serial)
    return Tensor(given.place, made="op", by="inverse_transform", data=data._replace(steps=steps))


def _transformed(given: Given, built: Built, x: Value) -> Value:
    estimator = built.entry.does
    if not isinstance(estimator, spec.Estimator):
        return Unknown(given.place)
    data = provenance(x)
    if data is None:
        effect = given.entry.does
        assert isinstance(effect, (spec.Transform, spec.FitTransform))
        data = _known_or_not(x, _text(given, effect.x))
    if data is None:
        data = Provenance(given.place, "all", "", None, order=UNKNOWN_ORDER)
    fitted = built.attrs.get("fitted")
    learnt = fitted.data if isinstance(fitted, Fitted) else None
    if learnt is None and isinstance(fitted, Fitted) and fitted.place == given.place:
        learnt = data
    step = Step(
        given.place,
        kind_of(given, built),
        built.name.rpartition(".")[2],
        built.serial,
        "" if learnt is None else learnt.role,
        estimator.stateless,
        estimator.of == "labels",
        None if learnt is None else learnt.root,
        None if learnt is None else learnt.rows,
    )
    steps = (*data.steps, step)
    return Tensor(
        given.place, made="data", by=step.name, data=data._replace(steps=steps, columns=None, raw=False)
    )


def _classifies(estimator: Value | None) -> bool:
    """Whether an estimator is known to be a classifier."""
    does = estimator.entry.does if isinstance(estimator, Built) else None
    return isinstance(does, spec.Estimator) and does.kind == "classifier"


def predict(given: Given) -> Value:
    """`estimator.predict(x)`: the predictions are on the scale of the targets it was fitted on."""
    effect = given.entry.does
    assert isinstance(effect, spec.Predict)
    x = given.operand(effect.x)
    data = provenance(x)
    use(given, data, False)
    fitted = given.receiver.attrs.get("fitted") if isinstance(given.receiver, (Built, Instance)) else None
    result = Tensor(given.place, made="op", by="predict")
    if effect.gives == "labels" and _classifies(given.receiver):
        because = (Origin(given.place, "predict gives hard classes"),)
        result = replace(result, function="class ids", because=because)
    if data is None or not isinstance(fitted, Fitted) or fitted.target is None:
        return result
    steps = tuple(step for step in fitted.target.steps)
    return replace(result, data=data._replace(part="p", steps=steps, columns=None, raw=False))


def score(given: Given) -> Value:
    """`estimator.score(x, y)`, `model.evaluate(x, y)`."""
    effect = given.entry.does
    assert isinstance(effect, spec.Score)
    use(given, provenance(given.operand(effect.x)), True)
    return Unknown(given.place)


def use(given: Given, data: Provenance | None, judges: bool) -> None:
    """A fitted estimator or network meets data."""
    built = given.receiver
    if not isinstance(built, (Built, Instance)) or data is None:
        return
    fitted = built.attrs.get("fitted")
    if isinstance(fitted, Fitted) and fitted.data is not None:
        name = spell(given.node.func)
        event = PredictCall(given.place, name, built, data, fitted.data, fitted.place, judges, fitted)
        given.machine.emit(event)


def metric(given: Given) -> Value:
    """A metric compares predictions with the truth."""
    effect = given.entry.does
    assert isinstance(effect, spec.Metric)
    prediction, target = provenance(given.get(effect.prediction)), provenance(given.get(effect.target))
    if prediction is not None and target is not None:
        given.machine.emit(MetricCall(given.place, _name(given), prediction, target))
    return measures.metric(given)


def action(given: Given) -> Value:
    """Cross-validation and seeds; all other actions belong to training."""
    effect = given.entry.does
    assert isinstance(effect, spec.Action)
    if effect.name == "cross_validate":
        data = provenance(given.operand(effect.operand))
        if data is not None:
            given.machine.emit(CrossValidation(given.place, _name(given), data, True))
    elif effect.name == "seed":
        args = given.node.args
        given.machine.seeded = spelled(args[0]) if args else ""
        given.machine.drawn = 0
    return training.action(given)


def _name(given: Given) -> str:
    return given.name.rpartition(".")[2]
