"""Building things: framework objects, containers of layers, Keras models, slim scopes."""

from __future__ import annotations

from nnlint.analysis.acts import record
from nnlint.analysis.calls import Args, call_value
from nnlint.analysis.containers import extended, items_of, known_items, set_items
from nnlint.analysis.effects.configuring import configured
from nnlint.analysis.effects.given import Given, bind_entry
from nnlint.analysis.join import join_all
from nnlint.analysis.machine import Machine
from nnlint.analysis.parameters import consumed
from nnlint.analysis.state import Flow
from nnlint.analysis.values import (
    NONE,
    UNKNOWN,
    Built,
    Constant,
    External,
    Function,
    Instance,
    List,
    Mapping,
    Obj,
    ScopeDefaults,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir
from nnlint.knowledge import index, spec

__all__ = [
    "apply_model", "construct", "container_method", "either", "functional", "initialize_base", "model_output",
    "repeat", "scope",
]  # fmt: skip


def construct(given: Given) -> Value:
    """Make a framework object."""
    args = {name: value for name, value in given.values.items() if not name.startswith("**")}
    built = Built(given.name, given.entry, args, given.place)
    if given.open:
        built.attrs["open"] = Constant(True)
    effect = given.entry.does
    if isinstance(effect, spec.Container):
        built.attrs["items"] = Tuple(_items(given.machine, given.entry, args))
        if effect.kind == "sequential" and given.name.startswith("torch."):
            given.machine.wiring.series.setdefault(given.place, built)
        named = args.get(effect.items)
        if effect.kind == "dict" and isinstance(named, Mapping):
            built.attrs.update(named.attrs)
    elif isinstance(effect, spec.Model):
        _functional_outputs(built, effect, args)
    elif isinstance(effect, (spec.Optimizer, spec.Action)):
        record(given.machine, "built", built, given.node)
        if isinstance(effect, spec.Optimizer):
            given.machine.optimizers += 1
            consumed(given.machine, args.get(effect.params), given.node)
    configured(given, built)
    return built


def _functional_outputs(built: Obj, effect: spec.Model, args: dict[str, Value]) -> None:
    outputs = args.get(effect.outputs)
    if outputs is not None:
        built.attrs["outputs"] = outputs


def _items(machine: Machine, entry: spec.Entry, args: dict[str, Value]) -> tuple[Value, ...]:
    """The layers a container starts with."""
    effect = entry.does
    assert isinstance(effect, spec.Container)
    given = args.get(effect.items)
    if given is None:
        return ()
    if f"*{effect.items}" in entry.params and isinstance(given, Tuple):
        first = given.items[0] if len(given.items) == 1 else None
        if isinstance(first, (List, Mapping)):
            return _layers_in(machine, first)
        return given.items
    if effect.kind == "wrapper":
        return (given,)
    if given == NONE:
        return ()
    return _layers_in(machine, given)


def _layers_in(machine: Machine, value: Value | None) -> tuple[Value, ...]:
    """The layers of a list, or the values of a dict or of a list of pairs."""
    if isinstance(value, Mapping):
        found = [item for key, item in value.attrs.items() if key.startswith("k:")]
        return (*found, UNKNOWN) if "open" in value.attrs else tuple(found)
    if value is None:
        return ()
    items = known_items(machine, value)
    return tuple(_second(item) for item in items)


def _second(item: Value) -> Value:
    if isinstance(item, Tuple) and len(item.items) == 2 and isinstance(item.items[0], Constant):
        return item.items[1]
    return item


def initialize_base(machine: Machine, owner: Instance, base: str, args: Args) -> None:
    """What `super().__init__(…)` of a container or functional model sets up on the instance."""
    entry = index.find(base)
    if entry is None:
        return
    node = ir.Call(0, ir.Name(0, ""), (), ())
    given = bind_entry(machine, base, entry, args, node)
    if isinstance(entry.does, spec.Container):
        machine.state.set(owner, "items", Tuple(_items(machine, entry, given.values)))
    elif isinstance(entry.does, spec.Model):
        outputs = given.values.get(entry.does.outputs)
        if outputs is not None:
            machine.state.set(owner, "outputs", outputs)


def container_method(machine: Machine, receiver: Obj, name: str, args: Args, node: ir.Call) -> Value | None:
    """Methods that change which layers an object holds; None when it is none of them."""
    if "items" in receiver.attrs or (
        isinstance(receiver, Built) and isinstance(receiver.entry.does, spec.Container)
    ):
        if name in {"append", "add"} and len(args.positional) == 1:
            extended(machine, receiver, args.positional)
            return receiver
        if name == "extend" and args.positional:
            extended(machine, receiver, known_items(machine, args.positional[0]))
            return receiver
        if name == "insert" and len(args.positional) == 2:
            set_items(machine, receiver, (args.positional[1], *items_of(receiver)))
            return receiver
        if name == "pop":
            set_items(machine, receiver, items_of(receiver)[:-1])
            return Unknown(machine.place(node.id))
        if name == "items":
            pairs = (
                (Constant(key[2:]), value) for key, value in receiver.attrs.items() if key.startswith("k:")
            )
            return List(attrs={"items": Tuple(tuple(map(Tuple, pairs)) or (UNKNOWN,))})
        if name in {"children", "values", "modules"}:
            return List(attrs={"items": Tuple(items_of(receiver))})
    if name in {"add_module", "register_module"} and len(args.positional) == 2:
        return _register(machine, receiver, args.positional[0], args.positional[1])
    return None


def _register(machine: Machine, receiver: Obj, name: Value, module: Value) -> Value:
    if isinstance(name, Constant) and isinstance(name.value, str):
        machine.state.set(receiver, name.value, module)
    if "items" in receiver.attrs:
        extended(machine, receiver, (module,))
    else:
        machine.state.set(receiver, "open", Constant(True))
    return NONE


def functional(given: Given) -> Value:
    """`keras.Model(inputs, outputs)` written as a call without a class; unknown."""
    return Unknown(given.place)


def model_output(machine: Machine, model: Value, node: ir.Call) -> Value:
    """What a Keras model gives out, for whatever it is fed."""
    if isinstance(model, (Built, Instance)):
        outputs = model.attrs.get("outputs")
        if outputs is not None:
            return outputs
        if isinstance(model, Instance) or "items" in model.attrs:
            return call_value(machine, model, Args((UNKNOWN,), {}, True), node)
    return UNKNOWN


def apply_model(machine: Machine, model: Built, _args: Args, node: ir.Call) -> Value:
    """Call a functional model: its outputs again, at this place."""
    outputs = model.attrs.get("outputs")
    if isinstance(outputs, Tensor):
        return Tensor(
            machine.place(node.id),
            outputs.scale,
            outputs.function,
            outputs.because,
            "network",
            "the model",
            outputs.units,
        )
    return Unknown(machine.place(node.id))


def either(given: Given) -> Value:
    """`tf.cond(test, one, other)`: both functions run, each on its own path."""
    effect = given.entry.does
    assert isinstance(effect, spec.Either)
    results: list[Value] = []
    arms = []
    for kind, param in (("if", effect.then), ("else", effect.orelse)):
        chosen = given.values.get(param)
        if chosen is None:
            return Unknown(given.place)

        def run(kind: str = kind, chosen: Value = chosen) -> int:
            old = given.machine.push(kind, given.node.id)
            results.append(call_value(given.machine, chosen, Args((), {}, False), given.node))
            given.machine.path = old
            return Flow.NEXT

        arms.append(given.machine.state.attempt(run))
    given.machine.state.merge(arms)
    return join_all(results)


def scope(given: Given) -> Value:
    """`arg_scope(functions, **defaults)`, or an earlier scope entered again."""
    first = given.operand(given.entry.params[0])
    if isinstance(first, ScopeDefaults):
        return first
    defaults = {name: value for name, value in given.values.items() if name != given.entry.params[0]}
    functions = known_items(given.machine, first)
    if given.open or not all(isinstance(function, (External, Function)) for function in functions):
        return ScopeDefaults(None)
    entered = tuple(
        (function.name, tuple(defaults.items())) for function in functions if isinstance(function, External)
    )
    return ScopeDefaults((*_outer(given.machine), *entered))


def _outer(machine: Machine) -> tuple[tuple[str, tuple[tuple[str, Value], ...]], ...]:
    """A scope that is stored holds the ones around it too."""
    found: list[tuple[str, tuple[tuple[str, Value], ...]]] = []
    for outer in machine.scopes:
        found.extend(outer.defaults or ())
    return tuple(found)


def repeat(given: Given) -> Value:
    """`slim.repeat(inputs, n, layer, *args, **kwargs)` and `slim.stack`: the last application counts."""
    effect = given.entry.does
    assert isinstance(effect, spec.Repeat)
    args = given.args
    position = 2 if effect.kind == "repeat" else 1
    if len(args.positional) <= position or given.open:
        return Unknown(given.place)
    function = args.positional[position]
    rest: tuple[Value, ...] = args.positional[position + 1 :]
    if effect.kind == "stack":
        sizes = known_items(given.machine, args.positional[2]) if len(args.positional) > 2 else (UNKNOWN,)
        last = sizes[-1] if sizes else Tuple(())
        rest = last.items if isinstance(last, Tuple) else (last,)
    keywords = {name: value for name, value in args.keywords.items() if name != "scope"}
    inner = Args((args.positional[0], *rest), keywords, False)
    return call_value(given.machine, function, inner, given.node)
