"""Trainers out of sight that are handed a module of another file, whose training step they run."""

from __future__ import annotations

from nnlint.analysis.calls import Args, enter
from nnlint.analysis.machine import Machine
from nnlint.analysis.objects import framework_base, lookup_member
from nnlint.analysis.values import Function, Instance, Unknown
from nnlint.ir import nodes as ir
from nnlint.knowledge.runners import TRAINING_STEPS

__all__ = ["handed_to_trainer"]


def handed_to_trainer(machine: Machine, args: Args, node: ir.Call) -> None:
    """``trainer.fit(module)``: run the training step of the module, whose parts only this file may know.

    The methods of modules that stand in the file itself are run in any case.
    """
    for value in (*args.positional[:1], *args.keywords.values()):
        if not isinstance(value, Instance) or value.cls.module.path == machine.home:
            continue
        step = lookup_member(value.cls, TRAINING_STEPS.get(framework_base(value.cls), ""))
        if isinstance(step, Function):
            batch = Unknown(machine.place(node.id))
            enter(machine, step, Args((value, batch, batch), {}, False), node)
