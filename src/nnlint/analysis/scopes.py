"""`with` blocks that change what happens inside."""

from __future__ import annotations

from nnlint.analysis.above import above
from nnlint.analysis.events import Path
from nnlint.analysis.machine import Machine
from nnlint.analysis.values import External, Function, Place, ScopeDefaults, Unknown, Value
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge import index

__all__ = ["Token", "enter_context", "enter_decorated", "leave_context"]

Token = tuple[str, Path | None]


def enter_context(machine: Machine, context: Value, number: int) -> tuple[Token, Value]:
    """Enter a context manager; returns what to undo and what ``as`` binds."""
    if isinstance(context, ScopeDefaults):
        machine.scopes.append(context)
        return ("scope", None), context
    if isinstance(context, Unknown) and context.place is not None and context.place in machine.no_grad:
        return ("path", machine.push("no_grad", number)), context
    result: Value = Unknown(machine.place(number)) if isinstance(context, External) else context
    return ("", None), result


def enter_decorated(machine: Machine, function: Function) -> None:
    """Enter a function whose decorator or class switches gradients off."""
    node = function.node
    if not isinstance(node, ir.Function):
        return
    if any(map(_stops_gradients, node.decorators)) or _differentiates_itself(function):
        machine.path = Path("no_grad", Place(function.module.path, node.id), machine.path)


def _stops_gradients(decorator: ir.Expr) -> bool:
    """``@torch.no_grad()`` and ``@torch.inference_mode()``."""
    return spell(decorator).rpartition(".")[2] in {"no_grad", "inference_mode"}


def _differentiates_itself(function: Function) -> bool:
    """A method of a class that computes its own gradients: nothing in it is differentiated."""
    known = index.base(above.framework_base(function.owner)) if function.owner is not None else None
    return known is not None and not known.tracks


def leave_context(machine: Machine, token: Token) -> None:
    """Undo `enter_context`."""
    kind, old = token
    if kind == "scope" and machine.scopes:
        machine.scopes.pop()
    elif kind == "path":
        machine.path = old
