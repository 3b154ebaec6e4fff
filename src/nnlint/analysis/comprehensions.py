"""Comprehensions: one item for each known item of what they go through, or one that stands for any number."""

from __future__ import annotations

from nnlint.analysis.above import above
from nnlint.analysis.containers import known_items, make_list, make_mapping, stands_for_many
from nnlint.analysis.limits import LIMITS
from nnlint.analysis.machine import Machine
from nnlint.analysis.rounds import too_many
from nnlint.analysis.values import UNKNOWN, Built, Instance, Value
from nnlint.ir import nodes as ir
from nnlint.ir.liveness import names_of

__all__ = ["comprehended"]


def comprehended(machine: Machine, node: ir.Comp) -> Value:
    """The list, set or dict that a comprehension makes."""
    found: list[tuple[Value | None, Value]] = []
    hidden = _hidden(machine, node)
    many = _comprehend(machine, node, 0, found)
    for name, value in hidden.items():
        machine.state.set(machine.frame, name, value)
    first = found[0][1] if many else None
    if isinstance(first, (Built, Instance)):
        machine.settings.repeated.add(first.serial)
    if node.kind == "dict":
        return make_mapping(found)
    return make_list(tuple(value for _, value in found))


def _hidden(machine: Machine, node: ir.Comp) -> dict[str, Value]:
    """The variables around a comprehension that its own variables hide for a while."""
    variables = machine.frame.attrs
    own = (name for clause in node.clauses for name in names_of(clause.target))
    return {name: variables[name] for name in own if name in variables}


def _comprehend(machine: Machine, node: ir.Comp, depth: int, found: list[tuple[Value | None, Value]]) -> bool:
    """Evaluate the element for every item; whether the one that was evaluated stands for any number."""
    if depth == len(node.clauses):
        key = None if node.key is None else above.evaluate(machine, node.key)
        found.append((key, above.evaluate(machine, node.element)))
        return len(found) == 1
    clause = node.clauses[depth]
    items = known_items(machine, above.evaluate(machine, clause.iter), clause.iter)
    many = len(items) == 1 and stands_for_many(items[0])
    items = items[: LIMITS.unroll]
    if (machine.plain and len(items) > 1) or too_many(machine, len(items)):
        items = (UNKNOWN,)
    frame, before = machine.frame, machine.frame.rounds
    frame.rounds = before * max(len(items), 1)
    for item in items:
        above.assign_to(machine, clause.target, item)
        for test in clause.tests:
            above.evaluate(machine, test)
        many = _comprehend(machine, node, depth + 1, found) and many
    frame.rounds = before
    return many
