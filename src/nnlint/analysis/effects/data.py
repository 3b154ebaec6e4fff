"""Data: where they come from, how they are divided, what is fitted on them and used on them."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.adapting import adapt, effect_of
from nnlint.analysis.containers import known_items
from nnlint.analysis.data_events import Arithmetic, CrossValidation, FitCall, MetricCall, PredictCall
from nnlint.analysis.effects import layers, measures, training
from nnlint.analysis.effects.files import written_to_file
from nnlint.analysis.effects.given import Given
from nnlint.analysis.provenance import (
    LEARNING,
    UNKNOWN_ORDER,
    begun,
    own_column,
    spelled,
    with_columns,
    word_role,
)
from nnlint.analysis.sampling import fold_learnt_from
from nnlint.analysis.scaling import logged
from nnlint.analysis.selection import scored
from nnlint.analysis.shuffles import grown
from nnlint.analysis.values import (
    Built,
    Constant,
    Fitted,
    Instance,
    List,
    Origin,
    Place,
    Provenance,
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
    "activation",
    "fit",
    "fit_transform",
    "learn",
    "metric",
    "predict",
    "predictor",
    "provenance",
    "score",
    "transform",
    "use",
]


_DEEPEST = 12
"""Levels of pipelines, lists and pairs inside each other that are looked into."""


def provenance(value: Value | None) -> Provenance | None:
    """Where a value's data come from, if that is known."""
    return value.data if isinstance(value, Tensor) else None if value is None else grown(value)


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
    scaled = Arithmetic(given.place, "-", data, "statistics", data, None, tuple(given.machine.scalings))
    given.machine.scalings.append(scaled)
    given.machine.emit(scaled)
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
    if isinstance(x, Unknown) and data is not None and (column := own_column(given.node)):
        data = begun(given.place)._replace(root=data.root, role=data.role, order=data.order)
        target = with_columns(data, frozenset({column}), True)
    if data is not None:
        data = machine.feed.in_sight(data)
    before = built.attrs.get("fitted")
    machine.state.set(built, "fitted", Fitted(data, given.place, target, name=text))
    name = built.name.rpartition(".")[2]
    if isinstance(estimator, spec.Layer):
        effect = effect_of(name)
    elif isinstance(estimator, spec.Estimator):
        effect = replace(estimator, kind=kind_of(given, built))
        if effect.adds and isinstance(before, Fitted) and "applied" not in built.attrs:
            return  # it learns from both before either is changed by it
    else:
        return
    checked = data is None or data.root in machine.feed.looked_at
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
    if machine.feed.folded:
        fold_learnt_from(machine, data)
    if isinstance(estimator, spec.Layer):
        adapt(machine, event)
    if effect.kind == "search" and data is not None:
        plain = isinstance(estimator, spec.Estimator) and predictor(built.args.get(estimator.steps, built))
        machine.emit(CrossValidation(given.place, name, data, False, target if plain else None))


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
        if value.entry.does.kind == "pipeline" and depth < _DEEPEST:
            return inner_estimators(given, value.args.get(value.entry.does.steps), depth + 1)
        return [] if value.entry.does.stateless else [value]
    if isinstance(value, (Tuple, List)) and depth < _DEEPEST:
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
    if estimator.adds:
        given.machine.state.set(built, "applied", Constant(True))
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
    columns = data.columns if estimator.kind in {"scaler", "imputer"} else None
    data = data._replace(steps=(*data.steps, step), columns=columns, raw=False)
    return Tensor(given.place, made="data", by=step.name, data=data)


def predictor(value: Value) -> bool:
    """Whether it is a classifier or regressor by itself, which learns from every column it is given."""
    does = value.entry.does if isinstance(value, Built) else None
    return isinstance(does, spec.Estimator) and does.kind in {"classifier", "regressor"}


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
    if isinstance(given.receiver, (Built, Instance)):
        given.machine.feed.predicting[given.receiver.serial] = given.receiver
    fitted = given.receiver.attrs.get("fitted") if isinstance(given.receiver, (Built, Instance)) else None
    result = Tensor(given.place, made="op", by="predict")
    if effect.gives == "labels" and _classifies(given.receiver):
        because = (Origin(given.place, "predict gives hard classes"),)
        result = replace(result, function="class ids", because=because)
    flow = given.machine.feed.flows.get(x.place) if isinstance(x, Unknown) and x.place is not None else None
    if flow is not None and flow[0]:
        assert isinstance(x, Unknown)
        return replace(result, data=Provenance(x.place, "", "p", None, order=(x.place,)))
    if data is None or not isinstance(fitted, Fitted) or fitted.target is None:
        return result
    steps = tuple(step for step in fitted.target.steps)
    return replace(result, data=data._replace(part="p", steps=steps, columns=None, raw=False))


def score(given: Given) -> Value:
    """`estimator.score(x, y)`, `model.evaluate(x, y)`."""
    effect = given.entry.does
    assert isinstance(effect, spec.Score)
    data = provenance(given.operand(effect.x))
    use(given, data, True, provenance(given.values.get(effect.y)))
    scored(given.machine, given.place, data)
    return Unknown(given.place)


def use(given: Given, data: Provenance | None, judges: bool, target: Provenance | None = None) -> None:
    """A fitted estimator or network meets data."""
    built = given.receiver
    if not isinstance(built, (Built, Instance)) or data is None:
        return
    fitted = built.attrs.get("fitted")
    if isinstance(fitted, Fitted) and fitted.data is not None:
        name = spell(given.node.func)
        known = (fitted.data, fitted.place, judges, fitted, target)
        event = PredictCall(given.place, name, built, data, *known)
        given.machine.emit(event)


def activation(given: Given) -> Value:
    """An activation; the logarithm of data is data on another scale."""
    effect, output = given.entry.does, layers.activation(given)
    assert isinstance(effect, spec.Activation)
    data = provenance(given.operand(effect.operand))
    if data is None or not isinstance(output, Tensor):
        return output
    if effect.function == "one_hot":
        return replace(output, data=data)
    if effect.function == "log":
        return replace(output, data=logged(data, given.place, _name(given)))
    return output


def metric(given: Given) -> Value:
    """A metric compares predictions with the truth."""
    effect = given.entry.does
    assert isinstance(effect, spec.Metric)
    prediction, target = provenance(given.get(effect.prediction)), _truth(given, given.get(effect.target))
    if prediction is not None and target is not None:
        given.machine.emit(MetricCall(given.place, _name(given), prediction, target))
    scored(given.machine, given.place, target)
    return measures.metric(given)


def _truth(given: Given, value: Value | None) -> Provenance | None:
    """Where labels come from; ``generator.classes`` are in the order of the files."""
    data = provenance(value)
    if data is None and isinstance(value, Unknown) and value.place is not None:
        owner, name = given.machine.notes.parts.get(value.place, (None, ""))
        if name in {"classes", "labels"} and isinstance(owner, Place) and owner in given.machine.feed.flows:
            return Provenance(owner, "", "y", None)
    return data


def action(given: Given) -> Value:
    """Cross-validation and seeds; all other actions belong to training."""
    effect = given.entry.does
    assert isinstance(effect, spec.Action)
    if effect.name == "cross_validate":
        data = provenance(given.operand(effect.operand))
        if data is not None:
            judged = given.values.get("estimator")
            plain = predictor(judged) if judged is not None else False
            target = provenance(given.values.get("y")) if plain else None
            data = given.machine.feed.in_sight(data)
            given.machine.emit(CrossValidation(given.place, _name(given), data, True, target))
    elif effect.name == "save":
        written_to_file(given)
    elif effect.name in {"seed", "remember"}:
        given.machine.seed(_seed(given, effect))
    return training.action(given)


def _seed(given: Given, effect: spec.Action) -> str:
    """What tells the state that the random generators are in: a seed, or a state looked up before."""
    known = given.machine.feed.states
    if effect.name == "remember":
        return known.setdefault(given.place, f"the state {len(known)}")
    state = given.operand(effect.operand)
    place = state.place if isinstance(state, Unknown) else None
    args = given.node.args
    return known[place] if place in known else spelled(args[0]) if args else ""


def _name(given: Given) -> str:
    return given.name.rpartition(".")[2]
