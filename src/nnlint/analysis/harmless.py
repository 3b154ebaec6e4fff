"""Whether a function of the project that is not followed, for want of budget, leaves training alone.

A helper that sets a learning rate, saves or prints is read once, without running it: it is no escape for an
optimizer or network if it calls nothing that trains, and hands its arguments to nothing but Python itself.
"""

from __future__ import annotations

from nnlint.analysis.machine import Machine
from nnlint.analysis.values import Function
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.ir.walk import parts

__all__ = ["leaves_alone"]

_TOUCHING = frozenset({
    "apply", "backward", "clip_grad_norm", "clip_grad_norm_", "copy_", "detach_", "eval", "load_state_dict",
    "requires_grad_", "setattr", "step", "train", "update", "zero_", "zero_grad",
})  # fmt: skip
"""Methods that do something to what is trained."""
_PLAIN = frozenset({
    "abs", "bool", "enumerate", "float", "format", "hasattr", "id", "int", "isinstance", "len", "list", "max",
    "min", "print", "range", "repr", "round", "sorted", "str", "sum", "tuple", "type", "zip",
})  # fmt: skip
_LARGEST = 400


def leaves_alone(machine: Machine, function: Function) -> bool:
    """Whether running the function can make no difference to the order of training."""
    key = (function.module.path, function.node.id)
    known = machine.project.harmless.get(key)
    if known is None:
        known = machine.project.harmless[key] = _is_harmless(function)
    return known


def _is_harmless(function: Function) -> bool:
    node = function.node
    if isinstance(node, ir.Lambda) or function.owner is not None:
        return False
    params = {param.name for param in node.params}
    for seen, each in enumerate(parts(node.body)):
        if seen > _LARGEST or (type(each) is ir.Attr and each.name == "grad"):
            return False
        if type(each) is ir.Call and _touches(each, params):
            return False
    return True


def _touches(call: ir.Call, params: set[str]) -> bool:
    name = spell(call.func).rpartition(".")[2]
    if name in _TOUCHING or name in params:
        return True
    given = (*call.args, *(expr for _, expr in call.keywords))
    return name not in _PLAIN and any(isinstance(each, ir.Name) and each.name in params for each in given)
