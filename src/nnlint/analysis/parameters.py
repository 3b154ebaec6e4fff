"""Single facts about parameters and training methods that need no order."""

from __future__ import annotations

import re

from nnlint.analysis.above import above
from nnlint.analysis.acts import was_read
from nnlint.analysis.machine import Machine
from nnlint.analysis.training_events import Act, Misspelled, Uncalled
from nnlint.analysis.values import Built, Constant, Instance, Method, Obj, Parameters, Unknown, Value
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge import index
from nnlint.knowledge.spec import Action, Container, Layer, Minimize, Optimizer

__all__ = [
    "WATCHED", "assigned", "consumed", "dropped", "parameters", "reloaded", "replaced", "uncalled", "watched",
]  # fmt: skip

WRONG = frozenset({
    "require_grad", "requires_grads", "require_grads", "required_grad", "requiers_grad", "requries_grad",
    "requires_gradient", "requires_gradients", "requires_gard", "reqires_grad", "requires_Grad",
    "needs_grad", "need_grad",
})  # fmt: skip
WATCHED = WRONG | {"requires_grad", "grad", "trainable"}
"""Attributes whose assignment says something about training."""

_TRAINING = frozenset({"step", "zero_grad", "train", "eval", "scheduler_step", "update", "unscale"})
_UNMISTAKABLE = frozenset({"zero_grad", "backward", "step", "eval", "train", "zero_grad_"})


def watched(machine: Machine, target: ir.Attr, owner: Value, value: Value) -> None:
    """An attribute is set whose name is about gradients."""
    place, text = machine.place(target.id), spell(target.value)
    at = machine.place(target.value.id)
    if target.name == "grad":
        was_read(machine, target)
    elif target.name == "trainable":
        key = owner.serial if isinstance(owner, Obj) else text
        act = _act(machine, "trainable", target.id, target.value, text, key)
        machine.emit(act._replace(receiver=owner))
    elif target.name in WRONG:
        if isinstance(value, Constant) and isinstance(value.value, bool) and text != "self":
            machine.emit(Misspelled(place, text, target.name, "spelling", at, _is_module(owner), value.value))
    elif isinstance(value, Constant) and value.value is False and _is_module(owner) and text != "self":
        machine.emit(Misspelled(place, text, target.name, "module", at, True, False))


def _is_module(owner: Value) -> bool:
    """Whether an object is a PyTorch module, which has no `requires_grad` of its own."""
    if isinstance(owner, Instance):
        known = above.framework_base(owner.cls)
        return (
            above.is_network(owner.cls)
            and known.startswith("torch.nn")
            and "requires_grad" not in owner.attrs
        )
    if not isinstance(owner, Built) or not owner.name.startswith("torch.nn."):
        return False
    return isinstance(owner.entry.does, (Layer, Container)) and not owner.name.endswith("Parameter")


_MOVES = frozenset({"to", "cuda", "cpu", "double", "float", "half", "train", "eval", "requires_grad_"})


def parameters(machine: Machine, node: ir.Call) -> Value:
    """A fresh generator of parameters."""
    place = machine.place(node.id)
    machine.emit(_act(machine, "parameters", node.id, node.func, "", ("parameters", place)))
    return Parameters(place)


def consumed(machine: Machine, value: Value | None, node: ir.Call) -> None:
    """Something goes through all of a value; what is no generator of parameters does not mind."""
    if isinstance(value, Parameters):
        text = spell(node.func)
        machine.emit(_act(machine, "consumed", node.id, node.func, text, ("parameters", value.place)))


def replaced(machine: Machine, target: ir.Attr | ir.Index, value: Value) -> None:
    """A layer is put into a model from outside."""
    if (
        isinstance(value, Built)
        and isinstance(value.entry.does, Layer)
        and value.name.startswith("torch.nn.")
    ):
        text = spell(target.value)
        root = re.split(r"[.\[]", text)[0]
        if root and root not in {"self", "super"}:
            machine.emit(_act(machine, "replaced", target.id, target, root, root))


def assigned(machine: Machine, node: ir.Assign, value: Value) -> None:
    """An optimizer or network gets its name."""
    name = spell(node.targets[0])
    if (
        isinstance(value, Built)
        and isinstance(value.entry.does, Optimizer)
        and isinstance(node.value, ir.Call)
    ):
        act = _act(machine, "optimizer-named", node.value.id, node.value.func, name, name)
        machine.emit(act._replace(node=node.value, receiver=value))
    elif isinstance(value, Built) and value.entry.isa == "tensorflow.Operation":
        if isinstance(node.value, ir.Call):
            machine.emit(_act(machine, "op-named", node.value.id, node.value.func, name, value.serial))
    elif (
        above.is_network(value.cls)
        if isinstance(value, Instance)
        else isinstance(value, Built) and isinstance(value.entry.does, Container)
    ) and _is_made_by(machine, node.value, value):
        machine.emit(_act(machine, "network-named", node.value.id, node.value, name, name))
    elif isinstance(value, Unknown) and _makes_object(node.value):
        machine.emit(_act(machine, "object-named", node.value.id, node.value, name, name))


def _makes_object(node: ir.Expr) -> bool:
    """``Net()`` or ``Net().to(device)``, of a class out of sight: as its name tells, by its first letter."""
    if not isinstance(node, ir.Call):
        return False
    if isinstance(node.func, ir.Attr) and isinstance(node.func.value, ir.Call):
        return node.func.name in _MOVES and _makes_object(node.func.value)
    return spell(node.func).rpartition(".")[2][:1].isupper()


def _is_made_by(machine: Machine, node: ir.Expr, value: Value) -> bool:
    """Whether an expression makes a network, or makes and moves it: ``Net().to(device)``."""
    while isinstance(node, ir.Call):
        if machine.place(node.id) == getattr(value, "place", None):
            return True
        node = node.func.value if isinstance(node.func, ir.Attr) else node.func
    return False


def reloaded(machine: Machine, node: ir.Assign, value: Value) -> Value:
    """``model = torch.load(path)`` in place of a model: a saved one of its kind."""
    target = node.targets[0]
    if isinstance(target, ir.Name) and spell(node.value).startswith("torch.load"):
        before = machine.frame.attrs.get(target.name)
        if isinstance(before, (Built, Instance)):
            return before
    return value


def dropped(machine: Machine, node: ir.Call, value: Built) -> None:
    """An operation of a graph is made and gets no name."""
    if value.entry.isa == "tensorflow.Operation" and value.place == machine.place(node.id):
        machine.emit(_act(machine, "op-named", node.id, node.func, "", value.serial))


def _act(machine: Machine, kind: str, number: int, func: ir.Expr, text: str, key: object) -> Act:
    place = machine.place(number)
    function = machine.stack[-1].name if machine.stack else ""
    node = ir.Call(number, func, (), ())
    return Act(place, kind, Unknown(place), key, text, machine.path, node, "", function, machine.root)


def uncalled(machine: Machine, node: ir.Attr, value: Value) -> None:
    """An expression statement that is a method without its parentheses."""
    if isinstance(value, Method) and value.name:
        entry = index.find(value.name)
        does = entry.does if entry is not None else None
        if isinstance(does, Minimize) or (isinstance(does, Action) and does.name in _TRAINING):
            machine.emit(Uncalled(machine.place(node.id), spell(node), node.name, True))
    elif isinstance(value, Method) and value.function is not None and node.name in _UNMISTAKABLE:
        machine.emit(Uncalled(machine.place(node.id), spell(node), node.name, True))
    elif isinstance(value, Unknown) and node.name in _UNMISTAKABLE:
        machine.emit(Uncalled(machine.place(node.id), spell(node), node.name, False))
