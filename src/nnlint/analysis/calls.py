"""Calls: into the project's functions and classes, and to what the knowledge base describes."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.above import above
from nnlint.analysis.acts import applied, opaque, replayed
from nnlint.analysis.apart import told_apart
from nnlint.analysis.arguments import (
    Args,
    bind,
    escape,
    first_tensor,
    mark_escaped,
    memo_key,
    without_shapes,
    without_sizes,
)
from nnlint.analysis.chains import any_of, handed_out, put
from nnlint.analysis.containers import make_list
from nnlint.analysis.events import LayerCall
from nnlint.analysis.fields import set_fields
from nnlint.analysis.harmless import leaves_alone
from nnlint.analysis.histories import passed_on
from nnlint.analysis.identities import renamed
from nnlint.analysis.join import join_all, options, returned
from nnlint.analysis.library import moved_on
from nnlint.analysis.limits import LIMITS
from nnlint.analysis.losses import close_frame
from nnlint.analysis.machine import Frame, Machine
from nnlint.analysis.merits import scored
from nnlint.analysis.objects import framework_base, lookup_member
from nnlint.analysis.plain import plain_call
from nnlint.analysis.quantities import passed
from nnlint.analysis.scopes import enter_decorated
from nnlint.analysis.settings_events import Chain
from nnlint.analysis.state import Flow
from nnlint.analysis.values import (
    NONE,
    UNKNOWN,
    Built,
    Class,
    Constant,
    External,
    Function,
    Instance,
    Method,
    Obj,
    OneOf,
    Origin,
    Partial,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge import index

__all__ = ["Args", "apply_instance", "call_value", "enter", "escape", "instantiate", "is_network"]

_FORWARD = frozenset({"forward", "call"})


def call_value(machine: Machine, callee: Value, args: Args, node: ir.Call) -> Value:
    """The result of a call."""
    if isinstance(callee, Function):
        output = _helper_output(machine, callee, args, enter(machine, callee, args, node), node)
        return scored(machine, callee, output, machine.place(node.id))
    if isinstance(callee, Method):
        if callee.function is not None:
            if callee.function.name in _FORWARD:
                above.note_forward_call(machine, callee, node)
            output = enter(machine, callee.function, args.before(callee.receiver), node)
            return _helper_output(machine, callee.function, args, output, node)
        if callee.name.startswith("builtins."):
            return above.call_builtin(machine, callee.name, args.before(callee.receiver), node)
        return above.apply_method(machine, callee, args, node)
    if isinstance(callee, Built):
        return above.apply_built(machine, callee, args, node)
    if isinstance(callee, Instance):
        return apply_instance(machine, callee, args, node)
    if isinstance(callee, External):
        if callee.name.startswith("builtins."):
            return above.call_builtin(machine, callee.name, args, node)
        return above.apply_external(machine, callee, args, node)
    if isinstance(callee, Class):
        return instantiate(machine, callee, args, node)
    if isinstance(callee, Partial):
        merged = Args((*callee.args, *args.positional), {**dict(callee.keywords), **args.keywords}, args.open)
        return call_value(machine, callee.function, merged, node)
    if isinstance(callee, OneOf):
        return _any_of(machine, callee, args, node)
    opaque(machine, node)
    escape(args)
    machine.hand_out((*args.positional, *args.keywords.values()))
    if _is_own_submodule(machine, node):
        return _unknown_submodule(machine, callee, args, node)
    if machine.notes.minding:
        moved_on(machine, callee, machine.place(node.id))
    return Unknown(machine.place(node.id))


def _helper_output(machine: Machine, function: Function, args: Args, output: Value, node: ir.Call) -> Value:
    """A project function that applies layers is a layer to its caller."""
    if (function.module.path, function.node.id) not in machine.builders or function.name == "__init__":
        return output
    place, name = machine.place(node.id), spell(node.func)
    inputs = (*args.positional, *args.keywords.values())
    if output in inputs or not _is_layer_like(output):
        return output
    if isinstance(output, (Tensor, Unknown)):
        passed_on(machine, output.place, place)
    if isinstance(output, Tensor):
        because = output.because
        if because and name:
            because = (*because, Origin(place, f"`{name}` is called here"))[: LIMITS.origins]
        above.rehomed(machine, output.place, place, node)
        if output.place in machine.notes.graph or output.place in machine.inputs_of:
            machine.notes.graph.setdefault(place, (output,))
        output = replace(output, place=place, made="network", by=name, because=because)
    else:
        output = Unknown(place)
    call = LayerCall(place, name, "helper", function, inputs, output, machine.frame.serial, machine.path)
    machine.frame.layer_calls.append(call)
    machine.inputs_of[place] = inputs
    return output


def _is_layer_like(output: Value) -> bool:
    if isinstance(output, Tensor):
        return output.measure is None and output.made in {"", "op", "layer", "activation", "network"}
    return isinstance(output, Unknown)


def _is_own_submodule(machine: Machine, node: ir.Call) -> bool:
    """Whether ``self.name(…)`` stands in a method of a network: what is called is one of its layers."""
    function, called = machine.frame.function, node.func
    if function is None or function.owner is None or not isinstance(called, ir.Attr):
        return False
    params = function.node.params
    if not params or not isinstance(called.value, ir.Name) or called.value.name != params[0].name:
        return False
    return function.name in {"forward", "call"} and is_network(function.owner)


def _unknown_submodule(machine: Machine, callee: Value, args: Args, node: ir.Call) -> Value:
    """Apply a layer of which nothing is known but that it is one."""
    place, name = machine.place(node.id), spell(node.func)
    output = Unknown(place)
    call = LayerCall(
        place, name, "unknown", callee, args.positional, output, machine.frame.serial, machine.path
    )
    machine.frame.layer_calls.append(call)
    machine.inputs_of[place] = args.positional
    machine.emit(call)
    return output


def _any_of(machine: Machine, callee: OneOf, args: Args, node: ir.Call) -> Value:
    results: list[Value] = []
    arms = []
    place = machine.place(node.id)
    before = machine.settings.chains.get(place)
    chains: list[Chain | None] = []
    for option in options(callee):
        if option == NONE:
            continue

        def run(option: Value = option) -> int:
            put(machine, place, before)  # inside a container the options have one place
            results.append(call_value(machine, option, args, node))
            chains.append(machine.settings.chains.get(place))
            return Flow.NEXT

        arms.append(machine.state.attempt(run))
    if arms:
        machine.state.merge(arms)
    if len(arms) > 1:
        put(machine, place, any_of(chains))
    return join_all(results, place)


def enter(machine: Machine, function: Function, args: Args, node: ir.Call) -> Value:
    """Run a project function on these arguments."""
    if not machine.may_enter(function):
        if not leaves_alone(machine, function):
            opaque(machine, node)
            escape(args)
        return Unknown(machine.place(node.id))
    bound = bind(function, args)
    if machine.plain >= LIMITS.plain and plain_call(machine, function, bound):
        machine.cut += 1
        return Unknown(machine.place(node.id))
    return told_apart(machine, function, bound, _enter_bound(machine, function, bound, node), node)


def _enter_bound(
    machine: Machine, function: Function, bound: dict[str, Value], node: ir.Call, most: int = LIMITS.contexts
) -> Value:
    key = (*memo_key(function, bound), *machine.scopes)
    known = machine.memo.get(key)
    if known is not None:
        value, events, inner, given = known
        if len(machine.events) + len(events) > LIMITS.events:
            return _unseen(machine, function, bound, node)
        machine.notes.calls[machine.place(node.id)] = (node, function)
        machine.events.extend(replayed(machine, events, inner, node, renamed(machine, given, bound)))
        return value
    identity = (function.module.path, function.node.id)
    if machine.entered.get(identity, 0) >= most:
        less = without_shapes(bound) if most == LIMITS.contexts else without_sizes(bound)
        if most < 3 * LIMITS.contexts:
            return _enter_bound(machine, function, less or bound, node, most + LIMITS.contexts)
        return _unseen(machine, function, bound, node)
    for name, value in bound.items():
        if isinstance(value, Obj):
            machine.given_before.add((*identity, name, value.serial))
    machine.entered[identity] = machine.entered.get(identity, 0) + 1
    return _run(machine, function, bound, key, node)


def _unseen(machine: Machine, function: Function, bound: dict[str, Value], node: ir.Call) -> Value:
    """The result of a call that is not followed, as it went on for too long in others like it."""
    if leaves_alone(machine, function):
        return Unknown(machine.place(node.id))
    opaque(machine, node)
    identity = (function.module.path, function.node.id)
    # What an earlier run of the function was given stays in sight, and so does a network applied again.
    for name, value in list(bound.items())[function.name in _FORWARD :]:
        if not isinstance(value, Obj) or (*identity, name, value.serial) not in machine.given_before:
            mark_escaped(value)
    return Unknown(machine.place(node.id))


def _run(
    machine: Machine, function: Function, bound: dict[str, Value], key: tuple[object, ...], node: ir.Call
) -> Value:
    old, old_path, old_oldest = machine.frame, machine.path, machine.state.oldest_write
    machine.push("call", node.id)
    inner = machine.path
    machine.notes.calls[machine.place(node.id)] = (node, function)
    enter_decorated(machine, function)
    frame = Frame(function.module, function, function.closure, attrs=dict(bound))
    first_event = len(machine.events)
    machine.frame = frame
    machine.stack.append(function)
    machine.state.oldest_write = 1 << 60
    mark = len(machine.left_early)
    scopes = len(machine.scopes)
    loop_depth, machine.loop_depth = machine.loop_depth, min(machine.loop_depth, 1)
    uncounted, machine.uncounted = machine.uncounted, min(machine.uncounted, 1)
    plain = machine.plain
    machine.plain = plain + 1 if plain_call(machine, function, bound) else 0
    # What an item of a container does inside stands in its own code.
    folding, machine.folding = machine.folding, machine.compiling
    chance = (machine.seedings, machine.drawn, machine.cut)
    value = _execute(machine, function, frame)
    machine.plain, machine.folding = plain, folding
    if frame.layer_calls:
        machine.builders.add((function.module.path, function.node.id))
    machine.loop_depth, machine.uncounted = loop_depth, uncounted
    del machine.scopes[scopes:]
    machine.stack.pop()
    machine.frame, machine.path = old, old_path
    for left_frame, flow, writes in machine.left_early[mark:]:
        if left_frame is frame and flow & Flow.RETURN:
            kept = {identity: write for identity, write in writes.items() if write[0] is not frame}
            machine.state.join_in(kept)
    del machine.left_early[mark:]
    oldest = machine.state.oldest_write
    # A function that only writes its own variables is pure, too; what it made must not be shared, though.
    pure = oldest > frame.serial or (oldest == frame.serial and _is_plain(value))
    # What sets a seed, or draws after it, does so anew in each call; what was cut short may go further.
    if pure and chance == (machine.seedings, machine.drawn, machine.cut) and len(machine.memo) < 20_000:
        machine.memo[key] = (value, tuple(machine.events[first_event:]), inner, tuple(bound.values()))
    machine.state.oldest_write = min(old_oldest, oldest)
    return value


def _is_plain(value: Value) -> bool:
    """Whether a value has no identity of its own."""
    if isinstance(value, Tuple):
        return all(map(_is_plain, value.items))
    return isinstance(value, (Tensor, Unknown, Constant, External))


def _execute(machine: Machine, function: Function, frame: Frame) -> Value:
    node = function.node
    if isinstance(node, ir.Lambda):
        return above.evaluate(machine, node.body)
    frame.lost = machine.lost_in(function.module.path, node)
    flow = above.execute(machine, node.body)
    close_frame(machine, frame)
    if frame.layer_calls:
        above.note_handed_out(machine, frame)
        above.note_no_result(machine, frame, bool(flow & Flow.NEXT))
    if node.generator:
        return make_list(tuple(frame.yields)) if frame.yields else UNKNOWN
    if flow & Flow.NEXT:
        frame.returns.append(NONE)
    return returned(frame.returns)


def instantiate(machine: Machine, cls: Class, args: Args, node: ir.Call) -> Value:
    """Make an instance and run its constructor."""
    instance = Instance(cls, machine.place(node.id))
    if not machine.stack or machine.stack[-1].owner is not cls:
        machine.instances.setdefault((cls.module.path, cls.node.id), []).append(instance)
    if sum(isinstance(value, Tensor) and value.data is not None for value in args.positional) > 1:
        machine.pairs[instance.serial] = instance.place
    if not is_network(cls):
        machine.hand_out((*args.positional, *args.keywords.values()))  # whoever gets the instance reads them
    init = lookup_member(cls, "__init__")
    if isinstance(init, Function):
        enter(machine, init, args.before(instance), node)
    else:
        above.container_from_init(machine, instance, framework_base(cls), args)
        set_fields(machine, instance, args)
    return instance


def is_network(cls: Class) -> bool:
    """Whether calling an instance runs layers."""
    base = index.base(framework_base(cls))
    return base is not None and base.call in {"forward", "call"}


def apply_instance(machine: Machine, instance: Instance, args: Args, node: ir.Call) -> Value:
    """Call an instance: its own ``__call__``, or the method that the framework runs."""

    base = framework_base(instance.cls)
    known = index.base(base)
    names = ["__call__"] if known is None else ["__call__", known.call]
    method = next(
        (found for name in names if isinstance(found := lookup_member(instance.cls, name), Function)), None
    )
    if method is None and known is None and base == "":
        method = _forward_of_unknown_base(instance)
    if method is not None:
        if known is not None and known.call == "call":
            _build(machine, instance, node)
        output = enter(machine, method, args.before(instance), node)
    elif "items" in instance.attrs:
        output = above.apply_items(machine, instance, first_tensor(args), node)
    else:
        escape(args)
        output = Unknown(machine.place(node.id))
    if not is_network(instance.cls):
        return output if method is None else _helper_output(machine, method, args, output, node)
    applied(machine, instance, node)
    return _network_output(machine, instance, args, output, node)


def _build(machine: Machine, instance: Instance, node: ir.Call) -> None:
    """Keras runs `build(input_shape)` before the first `call`; attributes it makes are there afterwards."""
    build = lookup_member(instance.cls, "build")
    if isinstance(build, Function) and "built" not in instance.attrs:
        machine.state.set(instance, "built", Constant(True))
        enter(machine, build, Args((instance, Unknown(machine.place(node.id))), {}, False), node)


def _forward_of_unknown_base(instance: Instance) -> Function | None:
    if not instance.cls.bases:
        return None
    for name in ("forward", "call"):
        found = lookup_member(instance.cls, name)
        if isinstance(found, Function):
            return found
    return None


def _network_output(machine: Machine, instance: Instance, args: Args, output: Value, node: ir.Call) -> Value:
    """Record the application of a project module, as of any layer."""
    place = machine.place(node.id)
    name = spell(node.func)
    passed(machine.notes, place, output)
    if isinstance(output, (Tensor, Unknown)):
        handed_out(machine, output.place, place)
        passed_on(machine, output.place, place)
    if isinstance(output, Tensor):
        output = replace(output, place=place, made="network", by=name)
    elif isinstance(output, Unknown):
        output = Tensor(place, made="network", by=name)
    call = LayerCall(
        place, name, "network", instance, args.positional, output, machine.frame.serial, machine.path
    )
    machine.frame.layer_calls.append(call)
    machine.inputs_of[place] = args.positional
    machine.emit(call)
    return output
