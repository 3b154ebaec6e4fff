"""The rounds in which a loop over known or unknown items is run, and what varies from one to the next."""

from __future__ import annotations

import re

from nnlint.analysis.containers import stands_for_many
from nnlint.analysis.limits import LIMITS
from nnlint.analysis.machine import Machine
from nnlint.analysis.values import UNKNOWN, Built, Constant, Unknown, Value
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell

__all__ = ["gone_through", "picked", "rounds_of", "too_many", "varying"]

_COUNTS_ROUNDS = re.compile(r"epoch|^(i_?)?(ep|iter|iteration|episode|round|step)s?(_|$)", re.I)
"""Names of what counts the rounds of training."""


def rounds_of(machine: Machine, node: ir.For, items: tuple[Value, ...]) -> tuple[Value, ...]:
    """What the target of the loop is in each round: every known item, or an unknown one in two rounds."""
    if len(items) > 1 or any(_is_repeated(machine, item) for item in items):
        machine.notes.again.add(machine.place(node.id))
    if len(items) > 3 and type(items[-1]) is Constant and _COUNTS_ROUNDS.search(spell(node.target)):
        items = (Unknown(machine.place(node.iter.id)),)  # one round of training is like the next
    if machine.plain:
        return items if len(items) < 2 else (UNKNOWN,)
    if len(items) > LIMITS.unroll:
        items = items[: LIMITS.unroll - 1] + items[-1:]
    if len(items) == 1 and _is_repeated(machine, items[0]) and machine.loop_depth < 2:
        items = items * 2
    return (UNKNOWN,) if too_many(machine, len(items)) else items


def too_many(machine: Machine, rounds: int) -> bool:
    """Whether a loop is not run item by item: with the loops around it, it would run too often."""
    return rounds > 1 and machine.frame.rounds * rounds > LIMITS.rounds


def gone_through(machine: Machine, node: ir.For | ir.While) -> ir.Expr:
    """What a loop goes through: ``bar = tqdm(loader)`` and ``for x in bar`` goes through `loader`."""
    if isinstance(node, ir.While):
        return node.test
    wrapped = machine.frame.wrapped.get(node.iter.name) if isinstance(node.iter, ir.Name) else None
    return wrapped or node.iter


def picked(machine: Machine, node: ir.For) -> None:
    """Note by which key a loop picks its data: ``for x in loaders[phase]``, where `phase` is "val"."""
    expr = node.iter
    while type(expr) is ir.Call and expr.args:
        expr = expr.args[0]
    if type(expr) is ir.Index and len(expr.items) == 1 and type(expr.items[0]) is ir.Name:
        key = machine.lookup(expr.items[0].name)
        if type(key) is Constant and isinstance(key.value, str):
            machine.notes.keys.setdefault(machine.place(node.id), set()).add(key.value)


def _is_repeated(machine: Machine, item: Value) -> bool:
    """Whether one item stands for any number: unknown, or one of the layers that a comprehension makes."""
    return stands_for_many(item) or (type(item) is Built and item.serial in machine.settings.repeated)


def varying(machine: Machine, target: ir.Expr, result: Value, number: int) -> Value:
    """A number counted on: unknown in a loop of unknown length, so that one round does not decide for all."""
    if type(result) is not Constant or isinstance(result.value, str):
        return result
    counts = machine.uncounted == 2 if type(target) is ir.Name else machine.uncounted > 0
    return Unknown(machine.place(number)) if counts else result
