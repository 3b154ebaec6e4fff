"""Keras `compile` and `fit`, and calls that matter for the order of training."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.acts import record, set_mode
from nnlint.analysis.calls import Args, call_value
from nnlint.analysis.containers import known_items
from nnlint.analysis.effects import models
from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.gradients import applied_gradients, gradients
from nnlint.analysis.effects.graph import operation
from nnlint.analysis.effects.measures import ascended, wanted
from nnlint.analysis.effects.models import model_output
from nnlint.analysis.effects.quantified import stepped
from nnlint.analysis.events import LossCall, MinimizeCall
from nnlint.analysis.measure_events import Watched
from nnlint.analysis.merits import is_score
from nnlint.analysis.parameters import consumed, parameters
from nnlint.analysis.values import (
    NONE,
    Built,
    Constant,
    External,
    Function,
    Instance,
    List,
    Mapping,
    Measure,
    Method,
    Obj,
    Partial,
    Place,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir.spell import spell
from nnlint.knowledge import index, spec

__all__ = ["action", "compile_model", "train"]

_ORDERED = frozenset(
    {
        "step", "zero_grad", "train", "eval", "scheduler_step", "unscale", "update", "clip", "fit", "apply",
        "gradients", "load",
    }
)  # fmt: skip
_MADE = frozenset({"scaler", "scheduler", "session"})
"""Actions that make an object."""


def compile_model(given: Given) -> Value:
    """`model.compile(loss=…)`: the loss will be computed on the model's outputs."""
    effect = given.entry.does
    assert isinstance(effect, spec.Compile)
    model = given.receiver
    chosen = given.get(effect.loss)
    if isinstance(model, (Built, Instance)):
        record(given.machine, "compile", model, given.node)
        if given.machine.frame.function is not None:
            given.machine.feed.learning.add(model.serial)  # perhaps by who calls the function
    if isinstance(model, (Built, Instance)) and chosen is not None:
        given.machine.folding, given.machine.compiling = given.machine.folding + 1, 1
        output = model_output(given.machine, model, given.node)
        given.machine.folding, given.machine.compiling = given.machine.folding - 1, 0
        _compile_losses(given, chosen, output)
    return Constant(None)


def _compile_losses(given: Given, chosen: Value, output: Value) -> None:
    """One loss for one output, or one for each."""
    outputs = known_items(given.machine, output) if isinstance(output, (Tuple, List)) else (output,)
    if isinstance(chosen, (List, Tuple)):
        losses = known_items(given.machine, chosen)
        if len(losses) == len(outputs):
            for one, prediction in zip(losses, outputs, strict=True):
                _compile_loss(given, one, prediction)
    elif isinstance(chosen, Mapping):
        named = output.attrs if isinstance(output, Mapping) else {}
        for key, one in chosen.attrs.items():
            if key.startswith("k:") and key in named:
                _compile_loss(given, one, named[key])
    else:
        for prediction in outputs:
            _compile_loss(given, chosen, prediction)


def _compile_loss(given: Given, chosen: Value, prediction: Value) -> None:
    known: str | None = None
    made: Place | None = None
    option: Value | None = None
    if isinstance(chosen, Constant) and isinstance(chosen.value, str):
        known = index.string("loss", chosen.value)
    elif isinstance(chosen, External):
        known = chosen.name
    elif isinstance(chosen, Built):
        known, made = chosen.name, chosen.place
    elif isinstance(chosen, Function):
        _call_own_loss(given, chosen, prediction)
        return
    entry = index.find(known) if known else None
    if entry is None or not isinstance(entry.does, spec.Loss):
        return
    if isinstance(chosen, Built):
        if "open" in chosen.attrs:
            return
        option = chosen.args.get(entry.does.from_logits)
    wants, applies = wanted(entry.does, option)
    name = chosen.value if isinstance(chosen, Constant) else (known or "").rpartition(".")[2]
    event = LossCall(
        given.place, str(name), entry.does, wants, applies, prediction, None, made, given.machine.path,
        origin=known or "",
    )  # fmt: skip
    given.machine.emit(event)
    _watch(given, event)
    if isinstance(given.receiver, Obj):
        given.machine.compiled.setdefault(given.receiver.serial, []).append(event)


def _watch(given: Given, loss: LossCall) -> None:
    """The metrics that Keras will show beside a loss."""
    effect = given.entry.does
    assert isinstance(effect, spec.Compile)
    metrics = given.get(effect.metrics)
    if not isinstance(metrics, (List, Tuple)):
        return
    for metric in known_items(given.machine, metrics):
        known: str | None = None
        if isinstance(metric, Constant) and isinstance(metric.value, str):
            known = index.string("metric", metric.value)
        elif isinstance(metric, (External, Built)):
            known = metric.name
        if known:
            shown = metric.value if isinstance(metric, Constant) else known.rpartition(".")[2]
            options = tuple(metric.args) if isinstance(metric, Built) else ()
            given.machine.emit(Watched(given.place, str(shown), known, loss, options))


def _call_own_loss(given: Given, function: Function, prediction: Value) -> None:
    """A loss function of the project is called by Keras with the targets and the outputs."""
    from nnlint.analysis.calls import Args, enter

    if is_score(given.machine, function):
        measure = Measure(f"`{function.name}`", given.place, 1, True, True)
        name, path = spell(given.node.func), given.machine.path
        given.machine.emit(MinimizeCall(given.place, name, Unknown(given.place), measure, None, path))
    enter(given.machine, function, Args((Unknown(given.place), prediction), {}, False), given.node)


def train(given: Given) -> Value:
    """`model.fit(x, y)`."""
    effect = given.entry.does
    assert isinstance(effect, spec.Train)
    if isinstance(given.receiver, (Built, Instance)):
        record(given.machine, "fit", given.receiver, given.node)
        given.machine.feed.learning.add(given.receiver.serial)
    target = given.get(effect.y)
    if isinstance(target, Tensor) and isinstance(given.receiver, Obj):
        for compiled in given.machine.compiled.get(given.receiver.serial, ())[-1:]:
            given.machine.emit(replace(compiled, target=target))
    return Unknown(given.place)


def action(given: Given) -> Value:
    """A call whose place in the order matters; its receiver goes on."""
    effect = given.entry.does
    assert isinstance(effect, spec.Action)
    if effect.name in {"no_grad", "inference_mode"}:
        given.machine.no_grad.add(given.place)
    elif effect.name == "set_grad_enabled":
        off = given.operand(effect.operand) == Constant(False)
        (given.machine.no_grad.add if off else given.machine.no_grad.discard)(given.place)
    machine = given.machine
    if effect.name in _ORDERED:
        closure = effect.name == "step" and given.get("closure") not in {None, NONE}
        mode = "closure" if closure else ""
        record(machine, effect.name, given.operand(effect.operand), given.node, mode)
    if effect.name in {"train", "eval"} and isinstance(given.receiver, Obj):
        set_mode(machine, given.receiver, _mode(given, effect.name))
        return given.receiver
    if effect.name == "step":
        _run_closure(given)
        ascended(given)
        stepped(given)
    if effect.name == "parameters" and given.name.endswith(".parameters"):
        return parameters(machine, given.node)
    if effect.name == "gradients" and given.name.startswith(("tensorflow.", "keras.")):
        return gradients(given, given.operand(effect.operand))
    if effect.name == "apply":
        applied_gradients(given)
    if effect.name == "clip":
        consumed(machine, given.operand(effect.operand), given.node)
    if effect.name in {"apply", "initialize"} and given.entry.isa:
        return operation(given)
    if effect.name in _MADE or (effect.name == "enable_grad" and given.entry.isa):
        return models.construct(given)
    return Unknown(given.place)


def _mode(given: Given, name: str) -> str:
    """The mode that `eval()`, `train()` or `train(flag)` sets."""
    flag = given.get("mode") if name == "train" else None
    if flag is None:
        return name
    if isinstance(flag, Constant):
        return "train" if flag.value else "eval"
    return ""


def _run_closure(given: Given) -> None:
    """`optimizer.step(closure)` calls the closure, which clears, computes and differentiates the loss."""
    closure = given.get("closure")
    if isinstance(closure, (Function, Method, Partial)):
        call_value(given.machine, closure, Args((), {}, False), given.node)
