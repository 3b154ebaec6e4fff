"""The numbers that framework calls are configured with: learning rates, penalties, dropout, clipping."""

from __future__ import annotations

import re

from nnlint.analysis.above import above
from nnlint.analysis.containers import known_items
from nnlint.analysis.effects.given import Given
from nnlint.analysis.events import on_a_branch
from nnlint.analysis.settings import number, rescheduled
from nnlint.analysis.settings_events import Setting, SettingKind
from nnlint.analysis.values import (
    Built,
    Constant,
    Instance,
    List,
    Mapping,
    Origin,
    Parameters,
    Place,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge import spec
from nnlint.knowledge.torch_optim import DECAYS

__all__ = ["chosen", "configured"]

_DECAYS = ("weight_decay",)
_DROPS = ("p", "rate", "dropout_p")
_CLIPS: dict[str, SettingKind] = {
    "max_norm": "clip-norm", "clip_norm": "clip-norm", "clipnorm": "clip-norm",
    "global_clipnorm": "clip-norm", "clip_value": "clip-value", "clipvalue": "clip-value",
}  # fmt: skip
_EPSILONS = ("eps", "epsilon")
_USUAL = (1e-5, 0.5)
"""Learning rates outside make one ask what is trained."""
_SMOOTH = 0.001
"""From this epsilon on, the steps of an adaptive optimizer shrink with its gradients (Inception uses 1)."""
_DEEP = 4
"""Parts of parts that are looked into for weights."""
_WEIGHTLESS = frozenset(
    {"dropout", "flatten", "global-pool", "merge", "noise", "norm", "pad", "pool", "reshape", "upsample"}
)
"""Kinds of layers without a matrix of weights."""
_KEPT = re.compile(r"affine|embed|latent|bottleneck|feature|descriptor|vector", re.I)
"""Names of layers whose output is what a network is made for, the classes above them only for training it."""
_NARROW = re.compile(r"(^|[._])rank|bottleneck|latent|squeez|reduc|compress|(^|[._])low_", re.I)
"""What the width between the two halves of a factorised layer is called."""


def configured(given: Given, made: Built | None = None) -> None:
    """Note the numbers of a call that the knowledge base describes. made: the object it makes."""
    effect = given.entry.does
    if isinstance(effect, spec.Optimizer):
        _optimizer(given, effect, made)
    elif isinstance(effect, spec.Penalty):
        for factor in effect.factors:
            _note(given, "penalty", factor)
    elif isinstance(effect, spec.Action):
        _action(given, effect)
    elif isinstance(effect, spec.Layer) and given.entry.isa == "keras.Model":
        if given.values.get("weights") != Constant(None):
            given.machine.settings.facts.loaded = True  # a network of others, ready made
    elif isinstance(effect, spec.Layer) and effect.kind == "dropout":
        for param in _DROPS:
            if not _switched_off(given, param):
                _note(given, "drop-rate", param)
        _note(given, "keep-probability", "keep_prob")
    elif isinstance(effect, spec.Layer) and effect.kind == "dense" and made is not None:
        width = _expr(given, effect.out_size)
        named = given.values.get("name")
        called = named.value if isinstance(named, Constant) and isinstance(named.value, str) else ""
        if width is not None and _NARROW.search(spell(width)):
            given.machine.settings.bottlenecks.add(made.place)
        if _KEPT.search(called):
            given.machine.settings.kept.add(made.place)


def _switched_off(given: Given, param: str) -> bool:
    """A rate that is 1 only by default, where a condition may keep that default away."""
    value = given.values.get(param)
    if given.entry.builds or isinstance(value, Constant) or not on_a_branch(given.machine.path):
        return False
    return number(given.machine.settings, value)[0] == 1


def _action(given: Given, effect: spec.Action) -> None:
    if effect.name == "schedule":
        given.machine.settings.facts.scheduled = True
    elif effect.name == "scheduler":
        rescheduled(given.machine.settings, given.get(effect.operand), given.name in DECAYS)
    elif effect.name == "clip":
        _clips(given)
    elif effect.name in {"load", "initialize"} and (effect.name == "load" or "restore" in given.name):
        given.machine.settings.facts.loaded = True


def _clips(given: Given) -> None:
    given.machine.notes.clipped |= isinstance(given.entry.does, spec.Action)
    for param, kind in _CLIPS.items():
        _note(given, kind, param)


def _optimizer(given: Given, effect: spec.Optimizer, made: Built | None) -> None:
    of = _updated(given, effect)
    for param in dict.fromkeys((effect.lr, "lr")):
        rate, _ = number(given.machine.settings, given.values.get(param))
        if rate is not None and not _USUAL[0] < rate < _USUAL[1]:
            given.machine.settings.facts.doubtful = True
        _note(given, "learning-rate", param, of, made)
    for param in _DECAYS:
        _note(given, "weight-decay", param, of, made)
    for param in _EPSILONS:
        _note(given, "epsilon", param, of, made)
    _clips(given)


def _updated(given: Given, effect: spec.Optimizer) -> str:
    """What an optimizer updates."""
    if not effect.params:
        return "graph"
    value = given.values.get(effect.params)
    if isinstance(value, (List, Tuple)):
        items = known_items(given.machine, value)
        if any(isinstance(item, Mapping) for item in items):
            return "network" if len(items) > 1 and all(map(_has_no_rate, items)) else "groups"
        expr = _expr(given, effect.params)
        return "linear" if isinstance(expr, ir.Sequence) and _of_linear(given, expr.items) else ""
    expr = _expr(given, effect.params)
    if isinstance(value, Parameters) and isinstance(expr, ir.Name):
        return "network"
    while isinstance(expr, ir.Call) and not isinstance(expr.func, ir.Attr) and expr.args:
        expr = expr.args[-1]
    if not isinstance(expr, ir.Call) or not isinstance(expr.func, ir.Attr):
        return ""
    if expr.func.name != "parameters" or not _has_layers(given, expr.func.value):
        return ""
    return "linear" if _is_linear(given, _named(given, expr.func.value)) else "network"


def _has_no_rate(group: Value) -> bool:
    """Whether a group of parameters is all that some part of a network has, and gets the common rate."""
    if not isinstance(group, Mapping) or "k:lr" in group.attrs or "open" in group.attrs:
        return False
    return isinstance(group.attrs.get("k:params"), Parameters)


def _named(given: Given, expr: ir.Expr) -> Value | None:
    """The value of a variable."""
    return above.evaluate(given.machine, expr) if isinstance(expr, ir.Name) else None


def _has_layers(given: Given, model: ir.Expr) -> bool:
    """Whether nothing tells that the model is no network of layers."""
    value = _named(given, model)
    if not isinstance(value, Instance) or "open" in value.attrs:
        return True
    parts = value.attrs.values()
    return any(isinstance(part, (Built, Instance, List)) or _is_unseen(given, part) for part in parts)


def _is_unseen(given: Given, part: Value) -> bool:
    """Whether a part of a model is made by a class of which nothing is known, and may have many weights."""
    if not isinstance(part, Unknown) or part.place is None:
        return False
    made = given.machine.unknown_calls.items()
    return any(part.place in places and name.rpartition(".")[2][:1].isupper() for name, places in made)


def _of_linear(given: Given, exprs: tuple[ir.Expr, ...]) -> bool:
    """Whether these are weights of a single dense layer: ``[net.weight]``."""
    return bool(exprs) and all(
        isinstance(expr, ir.Attr) and _is_linear(given, _named(given, expr.value)) for expr in exprs
    )


def _is_linear(given: Given, model: Value | None) -> bool:
    """Whether a model has one matrix of weights and no more: it is linear, however deep that is hidden."""
    if isinstance(model, Built):
        return isinstance(model.entry.does, spec.Layer) and model.entry.does.kind == "dense"
    return isinstance(model, Instance) and _matrices(given, model, 0) == 1


def _matrices(given: Given, part: Value, depth: int) -> int:
    """How many matrices of weights a part of a model has; 2 for many, or where that is not known."""
    if isinstance(part, Built):
        does = part.entry.does
        if not isinstance(does, spec.Layer) or does.kind in _WEIGHTLESS:
            return 0
        return 1 if does.kind == "dense" else 2
    if not isinstance(part, (Instance, List, Tuple, Mapping)):
        return 2 if _is_unseen(given, part) else 0
    if depth > _DEEP or (isinstance(part, Instance) and "open" in part.attrs):
        return 2
    parts = part.items if isinstance(part, Tuple) else tuple(part.attrs.values())
    inner = sum(_matrices(given, each, depth + 1) for each in parts)
    return min(inner + any(isinstance(each, Tensor) and each.made == "variable" for each in parts), 2)


def _expr(given: Given, param: str) -> ir.Expr | None:
    """The expression that was handed over as a parameter."""
    node = given.node
    for name, expr in node.keywords:
        if name == param:
            return expr
    params = [name for name in given.entry.params if name != "*"]
    if param in params and not any(isinstance(arg, ir.Star) for arg in node.args):
        position = params.index(param)
        if position < len(node.args):
            return node.args[position]
    return None


def chosen(given: Given, kind: SettingKind, param: str) -> None:
    """Note the number that a parameter is given."""
    _note(given, kind, param)


def _note(given: Given, kind: SettingKind, param: str, of: str = "", made: Built | None = None) -> None:
    value = given.values.get(param)
    if value is None:
        return
    settings = given.machine.settings
    found, because = number(settings, value)
    expr = _expr(given, param)
    if kind == "learning-rate" and isinstance(expr, ir.Unary) and not isinstance(expr.operand, ir.Const):
        found = None  # a rate by its name, turned round: to follow gradients upwards
    place = given.place if expr is None else given.machine.place(expr.id)
    default = _default(given, expr, found)
    if default is not None:
        because = tuple(origin for origin in because if origin.place != default)
        because = (*because, Origin(place, f"{spell(given.node.func)} gets it here"))
        place = default
    family = given.name.rpartition(".")[2]
    setting = Setting(
        place, kind, spell(given.node.func) or family, family, found, "" if expr is None else spell(expr),
        isinstance(expr, ir.Const), because, made, of, _smoothed(given),
        expr is not None and all(name != param for name, _ in given.node.keywords), settings.facts,
    )  # fmt: skip
    if kind == "learning-rate" and made is not None:
        settings.rates[made.serial] = setting
    if kind == "penalty":
        settings.regularizers.setdefault(given.place, []).append(setting)
    else:
        given.machine.emit(setting)


def _default(given: Given, expr: ir.Expr | None, value: float | None) -> Place | None:
    """Where a parameter of the running function gets the value by default."""
    function = given.machine.frame.function
    if function is None or not isinstance(expr, ir.Name) or value is None:
        return None
    for param in function.node.params:
        default = param.default
        if param.name == expr.name and isinstance(default, ir.Const) and default.value == value:
            return Place(function.module.path, default.id)
    return None


def _smoothed(given: Given) -> bool:
    for param in _EPSILONS:
        value = given.values.get(param)
        if value is not None:
            found, _ = number(given.machine.settings, value)
            return found is None or found >= _SMOOTH
    return False
