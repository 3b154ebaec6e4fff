"""Unknown things told apart: by where they came from, else by how the code spells them."""

from __future__ import annotations

from nnlint.analysis.machine import Machine
from nnlint.analysis.values import Instance, Obj, Place, Unknown, Value
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell

__all__ = ["applied_to", "identity", "moved", "renamed"]

_APPLYING = frozenset({"__call__", "encode", "decode", "forward", "generate", "predict"})
"""Methods that run a network on something."""
_SAME = frozenset({"module"})
"""Attributes of wrappers that are the network itself."""


def applied_to(node: ir.Call) -> ir.Expr:
    """What a call applies: `model` for ``model(x)``, ``model.forward(x)`` and ``model.module(x)``."""
    func = node.func
    while isinstance(func, ir.Attr) and func.name in _APPLYING | _SAME:
        func = func.value
    return func


def identity(machine: Machine, expr: ir.Expr) -> object:
    """The same for two expressions only if they are certainly the same thing, as far as can be seen."""
    while isinstance(expr, ir.Attr) and expr.name in _SAME:
        expr = expr.value
    if isinstance(expr, ir.Name):
        known = _of(machine, machine.lookup(expr.name))
        return (*_here(machine), expr.name) if known is None else known
    if isinstance(expr, ir.Attr) and isinstance(expr.value, ir.Name):
        owner = machine.lookup(expr.value.name)
        held = owner.attrs.get(expr.name) if isinstance(owner, Instance) else None
        known = _of(machine, held) if held is not None else None
        if known is None and _of(machine, owner) is not None:
            known = (_of(machine, owner), expr.name)
        return (*_here(machine), spell(expr)) if known is None else known
    return (*_here(machine), spell(expr))


def _of(machine: Machine, value: Value) -> object:
    if isinstance(value, Unknown) and value.place is not None:
        return _origin(machine, value.place, 0)
    return value.serial if isinstance(value, Obj) else None


def _origin(machine: Machine, place: object, depth: int) -> object:
    """The place where an unknown value came up, or the attribute of what it was read from."""
    part = machine.notes.parts.get(place) if isinstance(place, Place) and depth < 4 else None
    if part is None:
        return place
    owner, name = part
    return (_origin(machine, owner, depth + 1), name)


def _here(machine: Machine) -> tuple[object, ...]:
    owner = machine.stack[-1].node.id if machine.stack else 0
    return (machine.frame.module.path, owner)


def renamed(machine: Machine, given: tuple[Value, ...], bound: dict[str, Value]) -> dict[object, object]:
    """For unknown arguments of an earlier call those of this one, which is like it in all else."""
    found: dict[object, object] = {}
    for before, now in zip(given, bound.values()):  # noqa: B905 (both are bound to the same parameters)
        if type(before) is Unknown and type(now) is Unknown and before.place != now.place:
            found[_of(machine, before)] = _of(machine, now)
    found.pop(None, None)
    return found


def moved(key: object, names: dict[object, object]) -> object:
    """An identity in the words of another call."""
    if key in names:
        return names[key]
    if isinstance(key, tuple) and not isinstance(key, Place) and len(key) == 2:
        return (moved(key[0], names), key[1])
    return key
