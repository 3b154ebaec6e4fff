"""Parameters that a function of a network never reads, and who was given another one in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnlint.analysis.machine import Machine, defined
from nnlint.analysis.parametric import network_method
from nnlint.analysis.values import UNKNOWN, Class, Function, Place
from nnlint.analysis.wiring_events import IgnoredInput
from nnlint.ir import nodes as ir
from nnlint.ir.liveness import all_reads, stored_in
from nnlint.ir.spell import spell

__all__ = ["ignored_inputs"]

_NUMBER = re.compile(r"\d+")
_FIXED = frozenset({"training", "mask", "train", "is_training"})
"""Parameters that frameworks pass whether or not a layer wants them."""


def ignored_inputs(machine: Machine, code: ir.ModuleIR) -> Iterator[IgnoredInput]:
    """The unread parameters of the networks and builders that a file defines."""
    for (path, number), functions in list(machine.functions.items()):
        function = functions[-1]
        node = function.node
        if path != code.path or not isinstance(node, ir.Function) or node.names.dynamic:
            continue
        forward = function.owner is not None and network_method(function.owner) == node.name
        if forward or (path, number) in machine.builders:
            yield from _of(machine, function, node, forward)


def _of(machine: Machine, function: Function, node: ir.Function, forward: bool) -> Iterator[IgnoredInput]:
    unread = _unread(node)
    if not unread:
        return
    path = function.module.path
    calls = list(_calls(node.body))
    done: set[int] = set()
    for param in unread:
        found = _given_instead(param.name, calls)
        if found is not None and found[0].id not in done:
            done.add(found[0].id)
            call, before, twin = found
            yield IgnoredInput(
                Place(path, param.id), param.name, node.name, Place(path, call.id), spell(call.func), twin,
                Place(path, before.id),
            )  # fmt: skip
        elif found is None and forward and not _is_shared(machine, function, param.name):
            yield IgnoredInput(Place(path, param.id), param.name, node.name, None, "", "", None)


def _unread(node: ir.Function) -> list[ir.Param]:
    """The plain parameters that nothing in the body reads, deletes or rebinds, the first one left out."""
    if not any(True for _ in _calls(node.body)):
        return []
    used = {*all_reads(node.body), *node.names.captured, *stored_in(node.body), *_deleted(node.body)}
    return [
        param
        for param in node.params[1:]
        if param.name not in used and not param.kind.startswith("*") and not param.name.startswith("_")
    ]


def _deleted(body: ir.Block) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, ir.Delete):
            yield from (target.name for target in statement.targets if isinstance(target, ir.Name))


def _is_shared(machine: Machine, function: Function, name: str) -> bool:
    """Whether a parameter is part of an interface: another class has it, too, or the framework passes it."""
    if name in _FIXED or (function.module.path, function.node.id) not in machine.builders:
        return True
    methods = (
        each for cls in list(machine.classes.values()) if cls is not function.owner for each in _forwards(cls)
    )
    return any(param.name == name for method in methods for param in method.node.params)


def _forwards(cls: Class) -> Iterator[Function]:
    for name in ("forward", "call"):
        found = defined(cls.attrs.get(name, UNKNOWN))
        if isinstance(found, Function):
            yield found


def _calls(node: object) -> Iterator[ir.Call]:
    """Every call inside a piece of code, in the order of the text."""
    if type(node) is ir.Call:
        yield node
    if isinstance(node, tuple):
        for part in node:
            if isinstance(part, tuple):
                yield from _calls(part)


def _given_instead(name: str, calls: list[ir.Call]) -> tuple[ir.Call, ir.Call, str] | None:
    """The call that was surely meant for a numbered parameter, the one before it, and what both are given."""
    numbers = _NUMBER.findall(name)
    if not numbers:
        return None
    for position, call in enumerate(calls):
        for twin in _twins(call, name):
            before = next((other for other in calls[:position] if _are_siblings(other, call, twin)), None)
            if before is not None and _meant_for(call, before, numbers):
                return call, before, twin
    return None


def _twins(call: ir.Call, name: str) -> Iterator[str]:
    """The names a call is given that differ from `name` in nothing but a number."""
    for arg in call.args:
        if isinstance(arg, ir.Name) and arg.name != name and _stem(arg.name) == _stem(name):
            yield arg.name


def _stem(name: str) -> str:
    return _NUMBER.sub("#", name)


def _are_siblings(one: ir.Call, other: ir.Call, twin: str) -> bool:
    """Whether two calls of like-named layers are given the same name in the same place."""
    first, second = spell(one.func), spell(other.func)
    if not first or _stem(first) != _stem(second) or first == second:
        return False
    return any(
        isinstance(a, ir.Name) and isinstance(b, ir.Name) and a.name == b.name == twin
        for a, b in zip(one.args, other.args, strict=False)
    )


def _meant_for(call: ir.Call, before: ir.Call, numbers: list[str]) -> bool:
    """Whether the number of the layer is that of the parameter, and not that of the other call."""
    own, others = set(_NUMBER.findall(spell(call.func))), set(_NUMBER.findall(spell(before.func)))
    return bool(set(numbers) & (own - others))
