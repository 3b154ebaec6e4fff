"""One run over one file: its top level first, then every function that nothing reached."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from nnlint.analysis.calls import Args, enter, instantiate
from nnlint.analysis.curvature import diverging
from nnlint.analysis.drawn import forget_drawn_logarithms
from nnlint.analysis.experiment_events import EXPERIMENTS
from nnlint.analysis.experiments import experiments
from nnlint.analysis.faults import faults
from nnlint.analysis.heirs import Heirs
from nnlint.analysis.histories import judge
from nnlint.analysis.limits import LIMITS
from nnlint.analysis.linked import link
from nnlint.analysis.machine import Frame, Machine
from nnlint.analysis.modules import execute_module
from nnlint.analysis.networks import close_networks
from nnlint.analysis.objects import lookup_member, set_up
from nnlint.analysis.settings import suppose
from nnlint.analysis.swept import forget_swept
from nnlint.analysis.testing import is_test, matters_in_test
from nnlint.analysis.unapplied import apply_unapplied
from nnlint.analysis.values import Class, Function, Instance, Module, Obj, Value
from nnlint.ir import nodes as ir
from nnlint.project import Project

__all__ = ["run"]

link()


def run(project: Project, code: ir.ModuleIR, wanted: Collection[type] | None = None) -> Machine:
    """Interpret a file; the machine holds what happened.

    wanted: the kinds of events that somebody asks for, None for all; those of experiments cost a walk.
    """
    machine = Machine(project, code.size, code.path)
    module = Module(code.path, "__main__")
    machine.modules[code.path] = module
    machine.executed.add(code.path)
    execute_module(machine, module, code)
    machine.frame = Frame(module, None, None, attrs=module.attrs)
    machine.budget = machine.steps + LIMITS.rest_base + int(LIMITS.rest_per_node * code.size)
    _enter_unreached(machine, module)
    apply_unapplied(machine, module)
    close_networks(machine, code)
    _forget_idle_losses(machine)
    forget_drawn_logarithms(machine)
    forget_swept(machine)
    judge(machine)
    machine.events.extend(faults(machine))
    machine.events.extend(diverging(machine))
    if wanted is None or not EXPERIMENTS.isdisjoint(wanted):
        machine.events.extend(experiments(machine, code))
    if is_test(code):
        machine.events = [event for event in machine.events if matters_in_test(event)]
    return machine


def _forget_idle_losses(machine: Machine) -> None:
    """A network that a script compiles and only predicts with has no loss, though Keras 1 asked for one."""
    used = machine.feed.predicting.items()
    idle = [serial for serial, owner in used if serial not in machine.feed.learning and not owner.escaped]
    losses = {id(loss) for serial in idle for loss in machine.compiled.get(serial, ())}
    if losses:
        machine.events = [event for event in machine.events if id(event) not in losses]


def _enter_unreached(machine: Machine, module: Module) -> None:
    """Run functions of the file that no call reached, their parameters unknown; nested ones follow."""
    done: set[int] = set()
    called: frozenset[str] | None = None
    heirs = Heirs(machine)
    while True:
        todo = [
            functions[-1]
            for (path, number), functions in list(machine.functions.items())
            if path == module.path and number not in done
        ]
        if not todo:
            return
        called = _called(machine, module) if called is None else called
        for function in sorted(todo, key=lambda each: _callers_first(each, called or frozenset())):
            done.add(function.node.id)
            if (module.path, function.node.id) not in machine.entered:
                _enter_unknown(machine, function, heirs)


def _called(machine: Machine, module: Module) -> frozenset[str]:
    """The names that the code of a file calls: what stands before an opening parenthesis, by plain search."""
    source = machine.project.source(Path(module.path))
    text = "" if source is None else source.text
    found = set()
    end = text.find("(")
    while end > 0:
        start = end
        while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
            start -= 1
        if start < end and not text[start].isdigit() and text[start - 4 : start] != "def ":
            found.add(text[start:end])
        end = text.find("(", end + 1)
    return frozenset(found)


def _callers_first(function: Function, called: frozenset[str]) -> tuple[int, int]:
    """Constructors and builders first, so that the other methods find the attributes they set; then what the
    file itself does not call, so that the rest is run as it is called.
    """
    if function.name in {"__init__", "build"}:
        return (0, function.node.id)
    if function.name in called:
        return (3, function.node.id)
    return (1 if function.owner is None else 2, function.node.id)


def _enter_unknown(machine: Machine, function: Function, heirs: Heirs) -> None:
    node = ir.Call(function.node.id, ir.Name(function.node.id, function.name), (), ())
    first: tuple[Value, ...] = ()
    if function.owner is not None and function.kind != "static":
        first = (function.owner if function.kind == "class" else _instance(machine, function.owner, heirs),)
        if (function.module.path, function.node.id) in machine.entered:
            return
    suppose(machine.settings, function)
    machine.root += 1
    machine.first_serial = Obj().serial
    # The budget bounds what calls may cost; each function of the file itself is run in any case.
    machine.budget = max(machine.budget, machine.steps + LIMITS.rest_each)
    enter(machine, function, Args(first, {}, True), node)


def _instance(machine: Machine, cls: Class, heirs: Heirs) -> Instance:
    """An instance to run methods on: one the file makes, of the class or a derived one, or a new one."""
    known = machine.instances.get((cls.module.path, cls.node.id))
    if known:
        return set_up(known)
    if (derived := heirs.instance(cls)) is not None:
        return derived
    cls = heirs.only(cls)
    init = lookup_member(cls, "__init__")
    if isinstance(init, Function):
        suppose(machine.settings, init)
    node = ir.Call(cls.node.id, ir.Name(cls.node.id, cls.name), (), ())
    # Whoever makes one has it, and may do with it what he likes: that is no part of what the file runs.
    root, machine.root = machine.root, -1
    made = instantiate(machine, cls, Args((), {}, True), node)
    machine.root = root
    assert isinstance(made, Instance)
    machine.instances.setdefault((cls.module.path, cls.node.id), []).append(made)
    return made
