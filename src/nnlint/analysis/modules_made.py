"""What the interpreter notes about the modules of a network while it runs: made, set, applied, called."""

from __future__ import annotations

from nnlint.analysis.machine import Frame, Machine
from nnlint.analysis.objects import ancestors, framework_base
from nnlint.analysis.parametric import in_forward, network_method, owns_parameters
from nnlint.analysis.values import (
    Built,
    Class,
    Constant,
    External,
    Instance,
    List,
    Mapping,
    Method,
    Place,
    Tensor,
    Tuple,
    Value,
)  # fmt: skip
from nnlint.analysis.wiring_events import EarlyModule, ForwardCall, ResultlessForward, TransientLayer
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge import index, spec

__all__ = [
    "all_bases_known", "base_initialized", "note_applied", "note_forward_call", "note_handed_out",
    "note_no_result", "note_set",
]  # fmt: skip

_READY = "base initialized"
_ONCE = frozenset({"__init__", "build"})
"""Methods that run once for each network: layers applied there make the graph that it will be."""


def all_bases_known(cls: Class) -> bool:
    """Whether every ancestor is a class of the project or a framework class that users subclass.

    A metaclass may run anything before and after the constructor.
    """
    for base in ancestors(cls):
        if isinstance(base, External):
            if index.base(base.name) is None and base.name not in {"builtins.object", "abc.ABC"}:
                return False
        elif not isinstance(base, Class) or base.node.metaclass not in {"", "ABCMeta"}:
            return False
    return True


def base_initialized(machine: Machine, instance: Instance) -> None:
    """The constructor of the framework class has run on an instance."""
    machine.state.set(instance, _READY, Constant(True))


def note_set(machine: Machine, instance: Instance, name: str, value: Value) -> None:
    """Record a module that is set before the framework base class is ready to take it."""
    if _READY in instance.attrs or instance.escaped or not (owns_parameters(value) or _will_hold(value)):
        return
    function = machine.frame.function
    cls = instance.cls
    if function is None or function.name != "__init__" or not network_method(cls):
        return
    if network_method(cls) == "call" and _names_constructor(function.node.body):
        return  # Keras registers what is set beforehand: functional models are written in that order
    if all_bases_known(cls) and isinstance(value, (Built, Instance)) and not _told(machine, cls):
        machine.emit(EarlyModule(value.place, cls, name, framework_base(cls)))


def _will_hold(value: Value) -> bool:
    """Whether it is a list of modules, be it still empty."""
    return isinstance(value, Built) and isinstance(value.entry.does, spec.Container)


def _told(machine: Machine, cls: Class) -> bool:
    """Whether that is known of a class: one statement mends all that follow it."""
    known = (event.cls.node for event in machine.events if isinstance(event, EarlyModule))
    return any(node is cls.node for node in known)


def _names_constructor(node: object) -> bool:
    """Whether code calls the constructor of a base class, anywhere."""
    if isinstance(node, ir.Attr) and node.name == "__init__":
        return True
    return isinstance(node, tuple) and any(_names_constructor(part) for part in node)


def note_applied(machine: Machine, built: Built, place: Place, name: str) -> None:
    """Record the application of a layer that this very run of `forward` made."""
    if not in_forward(machine) or not owns_parameters(built) or built.escaped:
        return
    function = machine.frame.function
    if function is not None and isinstance(function.node, ir.Function) and function.name not in _ONCE:
        guarded = not _always_makes(function.node.body, built.place.node)
        machine.emit(TransientLayer(place, name, built, guarded))


def _always_makes(body: ir.Block, number: int) -> bool:
    """Whether a node stands where every run of the block comes by: under no condition."""
    for statement in body:
        if isinstance(statement, (ir.For, ir.With)):
            if _always_makes(statement.body, number):
                return True
        elif isinstance(statement, (ir.Assign, ir.Return, ir.Do)) and _contains(statement.value, number):
            return True
    return False


def _contains(node: object, number: int) -> bool:
    """Whether an expression holds a node, outside conditional expressions and nested functions."""
    if isinstance(node, (ir.IfExp, ir.Lambda, ir.Bool)) or not isinstance(node, tuple):
        return False
    if getattr(node, "id", None) == number:
        return True
    return any(_contains(part, number) for part in node if isinstance(part, tuple))


def note_forward_call(machine: Machine, callee: Method, node: ir.Call) -> None:
    """Record that a module's `forward` is called by name, unless the module itself does so."""
    function = callee.function
    receiver = callee.receiver
    if function is None or not isinstance(node.func, ir.Attr) or node.func.name != function.name:
        return
    if not isinstance(receiver, Instance) or network_method(receiver.cls) != function.name:
        return
    called = node.func.value
    if isinstance(called, ir.Call) or (isinstance(called, ir.Name) and called.name in {"self", "cls"}):
        return
    if _receives(machine, receiver):
        return
    at, named, owner = (machine.place(number) for number in (node.id, node.func.id, called.id))
    machine.emit(ForwardCall(at, spell(node.func), function.name, receiver, named, owner))


def _receives(machine: Machine, module: Instance) -> bool:
    """Whether the running method belongs to that very module."""
    function = machine.frame.function
    if function is None or not function.node.params:
        return False
    return machine.frame.attrs.get(function.node.params[0].name) is module


def note_handed_out(machine: Machine, frame: Frame) -> None:
    """Remember the tensors that a function hands out beside others: someone may use them apart."""
    for returned in frame.returns:
        if isinstance(returned, (Tuple, List, Mapping)):
            items = returned.items if isinstance(returned, Tuple) else tuple(returned.attrs.values())
            for item in items:
                parts = item.items if isinstance(item, Tuple) else (item,)
                machine.wiring.handed_out.update(
                    part.place for part in parts if isinstance(part, Tensor) and part.place is not None
                )


def note_no_result(machine: Machine, frame: Frame, falls_through: bool) -> None:
    """Record a `forward` that applied layers and handed nothing back."""
    function = frame.function
    if function is None or function.owner is None or function.name not in {"forward", "call"}:
        return
    if frame.returns or frame.yields or not frame.layer_calls or not falls_through:
        return
    if network_method(function.owner) != function.name or not isinstance(function.node, ir.Function):
        return
    if function.node.generator or _keeps_results(function.node.body):
        return
    last = frame.layer_calls[-1]
    place = Place(frame.module.path, function.node.id)
    machine.emit(ResultlessForward(place, function.owner, function.name, last.name, last.place))


def _keeps_results(body: ir.Block) -> bool:
    """Whether results leave by another way: attributes, items, containers, exceptions, returns."""
    for statement in body:
        if isinstance(statement, (ir.Return, ir.Raise)):
            return True
        if isinstance(statement, (ir.Assign, ir.Aug)):
            targets = statement.targets if isinstance(statement, ir.Assign) else (statement.target,)
            if any(not isinstance(target, (ir.Name, ir.Sequence)) for target in targets):
                return True
        if isinstance(statement, ir.Do) and isinstance(statement.value, ir.Call):
            func = statement.value.func
            if isinstance(func, ir.Attr) and func.name in {
                "append",
                "extend",
                "update",
                "add",
                "copy_",
                "put",
            }:
                return True
        for name in ("body", "orelse", "final"):
            if _keeps_results(getattr(statement, name, ())):
                return True
    return False
