"""What values are instances of."""

from __future__ import annotations

from nnlint.analysis.calls import Args
from nnlint.analysis.machine import Machine
from nnlint.analysis.objects import ancestors, framework_base
from nnlint.analysis.values import Built, Class, Constant, External, Instance, Tuple, Value
from nnlint.ir import nodes as ir
from nnlint.knowledge import index
from nnlint.knowledge.spec import Activation, Container, Keep, Layer

__all__ = ["is_instance"]


def is_instance(_machine: Machine, args: Args, _node: ir.Call) -> Value | None:
    """What ``isinstance(value, kinds)`` gives, None where that is not known."""
    if len(args.positional) != 2:
        return None
    value, kinds = args.positional
    said = [_is_a(value, kind) for kind in (kinds.items if isinstance(kinds, Tuple) else (kinds,))]
    if Constant(True) in said:
        return Constant(True)
    return Constant(False) if said and None not in said else None


def _is_a(value: Value, kind: Value) -> Constant | None:
    """Whether a value is of this class, None where that is not known."""
    if isinstance(value, Instance) and isinstance(kind, Class):
        return Constant(kind in ancestors(value.cls))
    if isinstance(value, Instance) and isinstance(kind, External) and framework_base(value.cls) == kind.name:
        return Constant(True)
    if isinstance(value, Built) and isinstance(kind, External):
        # Both are classes of a framework that do not derive from each other, as far as they are known.
        entry = index.find(kind.name)
        if kind.name in {value.name, value.entry.isa}:
            return Constant(True)
        if entry is not None and entry.builds and isinstance(entry.does, (Activation, Keep, Layer)):
            return Constant(False) if isinstance(value.entry.does, (Container, Layer)) else None
    return None
