"""Parameters updated by hand with their own gradient: ``w = w - lr * w.grad``."""

from __future__ import annotations

import re
from pathlib import Path

from nnlint.analysis.machine import Machine
from nnlint.analysis.training_events import Fault
from nnlint.analysis.values import Origin, Place
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell

__all__ = ["updated"]

_KIND = "update-outside-no-grad"


def updated(machine: Machine, node: ir.Assign | ir.Aug, target: ir.Expr, value: ir.Expr) -> None:
    """Emit a fault where a step by hand loses the parameter, or goes through the graph."""
    if not isinstance(target, ir.Name) or "torch" not in machine.frame.module.attrs or not machine.loop_depth:
        return
    if not _reads_gradient(value, target.name):
        return
    place, name = machine.place(node.id), target.name
    loop = _loop_variable(machine, name)
    if isinstance(node, ir.Aug):
        if not _without_gradients(machine) and _says(machine, rf"\b{name}\b[^\n]*requires_grad"):
            said = "is updated in place with the graph on, which PyTorch refuses for a leaf"
            machine.emit(Fault(_KIND, place, f"`{name}` {said}: do it under torch.no_grad()", ()))
    elif _subtracts(value, name):
        if loop is not None:
            said = "binds a new tensor to the name of the loop: the parameter itself stays as it is"
            because = (Origin(loop, "the loop over the parameters"),)
            machine.emit(Fault(_KIND, place, f"`{name} = {name} …` {said}", because))
        elif not _says(machine, rf"\b{name}\.(requires_grad|detach|retain_grad|grad\s*=|data\s*=)"):
            said = (
                "is replaced by the result of the step, which is no leaf and gets no gradient from then on: "
                "update it in place under torch.no_grad()"
            )
            machine.emit(Fault(_KIND, place, f"`{name}` {said}", ()))


def _reads_gradient(node: ir.Expr, name: str) -> bool:
    """Whether ``name.grad`` or ``name.grad.data`` stands in an expression."""
    waiting: list[object] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, ir.Attr) and (each.name, each.value) == ("grad", ir.Name(each.value.id, name)):
            return True
        if isinstance(each, tuple):
            waiting.extend(part for part in each if isinstance(part, tuple))
    return False


def _subtracts(value: ir.Expr, name: str) -> bool:
    return (
        isinstance(value, ir.Binary)
        and value.op in {"-", "+"}
        and isinstance(value.left, ir.Name)
        and value.left.name == name
    )


def _loop_variable(machine: Machine, name: str) -> Place | None:
    """The loop over parameters that a name is the variable of, if it is."""
    step = machine.path.inside("loop") if machine.path is not None else None
    while step is not None:
        over = machine.notes.loops.get(step.place)
        if machine.notes.targets.get(step.place) == name and isinstance(over, ir.Call):
            return step.place if spell(over).endswith("parameters") else None
        step = step.outer.inside("loop") if step.outer is not None else None
    return None


def _without_gradients(machine: Machine) -> bool:
    return machine.path is not None and machine.path.inside("no_grad") is not None


def _says(machine: Machine, pattern: str) -> bool:
    source = machine.project.source(Path(machine.frame.module.path))
    return source is not None and re.search(pattern, source.text) is not None
