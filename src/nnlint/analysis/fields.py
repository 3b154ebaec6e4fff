"""Classes without a constructor of their own, whose arguments become attributes."""

from __future__ import annotations

from nnlint.analysis.arguments import Args
from nnlint.analysis.machine import Machine
from nnlint.analysis.objects import ancestors
from nnlint.analysis.values import Class, External, Instance, Tuple
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell

__all__ = ["set_fields"]

_DATACLASSES = frozenset({"attrs", "dataclass", "define", "frozen"})


def set_fields(machine: Machine, instance: Instance, args: Args) -> None:
    """Arguments of a class without constructor become its attributes, in the order of its fields."""
    named = dict(args.keywords)
    bases = [base for base in reversed(ancestors(instance.cls)) if isinstance(base, Class)]
    is_tuple = any(External("typing.NamedTuple") in base.bases for base in bases)
    if is_tuple or any(_is_dataclass(base) for base in bases):
        fields = tuple(dict.fromkeys(field for base in bases for field in base.node.fields))
        named.update(zip(fields, args.positional))  # noqa: B905 (defaults fill the rest)
        if is_tuple and not args.open and len(named) == len(fields):
            machine.state.set(instance, "items", Tuple(tuple(named[field] for field in fields)))
    for name, value in named.items():
        machine.state.set(instance, name, value)


def _is_dataclass(cls: Class) -> bool:
    called = (each.func if isinstance(each, ir.Call) else each for each in cls.node.decorators)
    return any(spell(decorator).rpartition(".")[2] in _DATACLASSES for decorator in called)
