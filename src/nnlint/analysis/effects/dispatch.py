"""From a call of something outside the project to the effect that describes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nnlint.analysis.acts import applied, opaque
from nnlint.analysis.arguments import Args, escape, first_tensor
from nnlint.analysis.calls import call_value
from nnlint.analysis.containers import known_items
from nnlint.analysis.effects import (
    data,
    divisions,
    graph,
    layers,
    measures,
    models,
    networks,
    operations,
    tables,
    training,
)
from nnlint.analysis.effects.chaining import followed
from nnlint.analysis.effects.given import Given, bind_entry, bind_operands
from nnlint.analysis.effects.historic import remembered
from nnlint.analysis.effects.loss_shapes import note_loss_shapes
from nnlint.analysis.effects.overwriting import rewritten
from nnlint.analysis.effects.quantified import quantified
from nnlint.analysis.effects.shaping import shaped
from nnlint.analysis.effects.starts import overwritten
from nnlint.analysis.effects.trials import TRIED, tried
from nnlint.analysis.graph_cuts import note_cut
from nnlint.analysis.library import moved_on, note_network
from nnlint.analysis.machine import Machine
from nnlint.analysis.modules_made import base_initialized, note_applied
from nnlint.analysis.sampling import made
from nnlint.analysis.unscaled import told_not_to_scale
from nnlint.analysis.values import (
    Built,
    Constant,
    External,
    Function,
    Instance,
    List,
    Method,
    Obj,
    Partial,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge import index, spec
from nnlint.knowledge.quantities import QUANTITIES
from nnlint.knowledge.runners import RUNNERS, Runner

__all__ = [
    "apply_built",
    "apply_external",
    "apply_items",
    "apply_method",
    "container_from_init",
]


_APPLIES = frozenset({"forward", "call", "__call__"})


_AS_BUILTIN = {
    "attr.ib": "builtins.field", "attrs.field": "builtins.field", "collections.OrderedDict": "builtins.dict",
    "dataclasses.field": "builtins.field", "pydantic.Field": "builtins.field",
}  # fmt: skip


def apply_external(machine: Machine, callee: External, args: Args, node: ir.Call) -> Value:
    """Call a framework function or constructor."""
    name = callee.name
    if name.endswith(".__init__") and args.positional and isinstance(args.positional[0], Instance):
        base_initialized(machine, args.positional[0])
    if name in {"functools.partial", "functools.partialmethod"} and args.positional:
        return Partial(args.positional[0], args.positional[1:], tuple(args.keywords.items()))
    if name in _AS_BUILTIN:
        return call_value(machine, External(_AS_BUILTIN[name]), args, node)
    entry = index.find(name)
    if entry is None and name in RUNNERS:
        return _called_back(machine, RUNNERS[name], args, node)
    if entry is None:
        made(machine, name, args, node)
        if args.keywords:
            told_not_to_scale(machine, name, args, machine.place(node.id))
        if index.base(name) is None and not index.is_inert(name):
            opaque(machine, node)
            note_network(machine, name, args, machine.place(node.id))
            escape(args)
            machine.hand_out((*args.positional, *args.keywords.values()))
            machine.unknown_calls.setdefault(name, set()).add(machine.place(node.id))
        return Unknown(machine.place(node.id))
    if entry.builds:
        given = bind_entry(machine, name, entry, args, node)
        if name == graph.DROPPING_CELL:
            graph.note_cell(given)
        return models.construct(given)
    return _apply(bind_entry(machine, name, entry, args, node, *_unbound_receiver(entry, args)))


def _called_back(machine: Machine, runner: Runner, args: Args, node: ir.Call) -> Value:
    """A function of the project is run by something that only calls it."""
    given = args.positional
    function = given[runner.position] if len(given) > runner.position else args.keywords.get(runner.function)
    if function is None and runner.main and not args.open:
        function = machine.lookup(runner.main)
    passed = args.keywords.get(runner.args) if runner.args else None
    place = Unknown(machine.place(node.id))
    if isinstance(function, (Function, Method)):
        items = known_items(machine, passed) if isinstance(passed, (Tuple, List)) else ()
        is_open = passed is not None and not items
        call_value(machine, function, Args((*(place,) * runner.first, *items), {}, is_open), node)
    else:
        escape(args)
    return place


def _unbound_receiver(_entry: spec.Entry, _args: Args) -> tuple[Value, ...]:
    return ()


def apply_method(machine: Machine, callee: Method, args: Args, node: ir.Call) -> Value:
    """Call a framework method on a receiver."""
    receiver, name = callee.receiver, callee.name
    if name.endswith(".__init__") and isinstance(receiver, Instance):
        base_initialized(machine, receiver)
        container_from_init(machine, receiver, name.removesuffix(".__init__"), args)
        return Constant(None)
    if isinstance(receiver, Obj):
        handled = models.container_method(machine, receiver, name.rpartition(".")[2], args, node)
        if handled is not None:
            return handled
    entry = index.find(name)
    if entry is None and name.rpartition(".")[2] in _APPLIES:
        if isinstance(receiver, Built):
            return apply_built(machine, receiver, args, node)
        if isinstance(receiver, Instance) and "items" in receiver.attrs:
            return apply_items(machine, receiver, first_tensor(args), node, args)
    if entry is None:
        opaque(machine, node)
        escape(args)
        machine.hand_out((*args.positional, *args.keywords.values()))
        return Unknown(machine.place(node.id))
    given = bind_entry(machine, name, entry, args, node, receiver)
    if machine.notes.minding:
        moved_on(machine, callee, given.place)
    if type(receiver) is Method:
        overwritten(given)
        return receiver
    return _apply(given)


def apply_built(machine: Machine, built: Built, args: Args, node: ir.Call) -> Value:
    """Call an object that a framework constructor made: a layer, loss, container or model."""
    effect = built.entry.does
    if isinstance(effect, spec.Container):
        if effect.kind in {"sequential", "wrapper"}:
            applied(machine, built, node)
            return apply_items(machine, built, first_tensor(args), node, args)
        return Unknown(machine.place(node.id))
    if isinstance(effect, spec.Model):
        return models.apply_model(machine, built, args, node)
    if machine.stack and built.serial > machine.frame.serial:
        note_applied(
            machine, built, machine.place(node.id), spell(node.func) or built.name.rpartition(".")[2]
        )
    return _apply(bind_operands(machine, built.name, built.entry, args, node, built))


def apply_items(machine: Machine, owner: Obj, value: Value, node: ir.Call, args: Args | None = None) -> Value:
    """Run a value through the layers of a sequential container, or through the one a wrapper holds."""
    return layers.apply_sequence(machine, owner, value, node, args, call_value)


def container_from_init(machine: Machine, owner: Instance, base: str, args: Args) -> None:
    """``super().__init__(…)`` of a class that derives from a container or a functional model."""
    models.initialize_base(machine, owner, base, args)


def _apply(given: Given) -> Value:
    if type(given.entry.does) is spec.Loss:
        note_loss_shapes(given)
    does = given.entry.does
    if type(does) is spec.Compute and does.operator and len(given.values) == 1 + (does.operand != "self"):
        result = _operated(given, does)
        if given.name[-1] == "_":
            rewritten(given, result)
        return result
    value: Value = _EFFECTS[type(given.entry.does)](given)
    if given.name in QUANTITIES:
        quantified(given)
    if type(given.entry.does) in _FOLLOWED:
        followed(given)
    if given.name.startswith(graph.GRAPHS):
        graph.noted(given, value)
    if type(given.entry.does) in _REMEMBERED:
        remembered(given)
    if type(given.entry.does) in TRIED:
        tried(given)
    if type(does) in _CUTTING:
        note_cut(given)
    if type(given.entry.does) in _SHAPED:
        value = shaped(given, value)
    if given.name[-1] == "_" or "out" in given.args.keywords:
        rewritten(given, value)
    return value


_CUTTING = frozenset({spec.Activation, spec.Detach, spec.Compute, spec.Statistic})


def _operated(given: Given, does: spec.Compute) -> Value:
    """A function that is another spelling of an operator (`tf.add`)."""
    from nnlint.analysis.expressions import binary

    left, right = given.operand(does.operand), given.operand(does.other)
    return binary(given.machine, does.operator, left, right, given.node.id, given.node)


_SHAPED = frozenset(
    {
        spec.Layer, spec.Activation, spec.Keep, spec.Compute, spec.Constant, spec.Detach, spec.Statistic,
        spec.Load,
    }
)  # fmt: skip

_REMEMBERED = frozenset({spec.Layer, spec.Activation, spec.Keep, spec.Loss, spec.Statistic})

_FOLLOWED = frozenset(
    {
        spec.Layer, spec.Activation, spec.Keep, spec.Constant, spec.Initializer, spec.Loss, spec.Action,
        spec.Compile,
    }
)  # fmt: skip


def _unknown(given: Given) -> Value:
    return Unknown(given.place)


_EFFECTS: dict[type, Callable[[Given], Any]] = {
    spec.Layer: layers.layer,
    spec.Activation: data.activation,
    spec.Keep: tables.keep,
    spec.Compute: tables.compute,
    spec.Statistic: tables.statistic,
    spec.ClassIds: measures.class_ids,
    spec.Constant: operations.constant,
    spec.Detach: operations.detach,
    spec.Loss: measures.loss,
    spec.Merit: measures.merit,
    spec.Metric: data.metric,
    spec.Container: _unknown,
    spec.Model: models.functional,
    spec.Optimizer: models.construct,
    spec.Permute: divisions.permute,
    spec.Minimize: measures.minimize,
    spec.Compile: training.compile_model,
    spec.Train: networks.train,
    spec.Action: data.action,
    spec.Bag: operations.bag,
    spec.Either: models.either,
    spec.Give: operations.give,
    spec.Make: models.construct,
    spec.Scope: models.scope,
    spec.Repeat: models.repeat,
    spec.Estimator: _unknown,
    spec.Initializer: _unknown,
    spec.Penalty: models.construct,
    spec.Fit: data.fit,
    spec.Transform: data.transform,
    spec.FitTransform: data.fit_transform,
    spec.Predict: data.predict,
    spec.Score: data.score,
    spec.Split: divisions.split,
    spec.Load: divisions.load,
}
