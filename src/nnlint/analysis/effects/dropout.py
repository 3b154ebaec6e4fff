"""Dropout that was given, or left with, a switch that is always on."""

from __future__ import annotations

from collections.abc import Iterator

from nnlint.analysis.calls import is_network
from nnlint.analysis.effects.given import Given
from nnlint.analysis.effects.unreached import unreached
from nnlint.analysis.enclosing import enclosing_tests
from nnlint.analysis.machine import Machine
from nnlint.analysis.trace import condition
from nnlint.analysis.training_events import Dropout, Fault
from nnlint.analysis.values import Constant, Method, Unknown
from nnlint.ir import nodes as ir
from nnlint.ir.liveness import all_reads
from nnlint.ir.spell import spell

__all__ = ["note_dropout", "note_told"]

_RATES = ("p", "dropout_p", "rate", "keep_prob", "level")


def note_dropout(given: Given) -> None:
    """Emit a `Dropout` for a functional dropout that cannot be off at test time."""
    if given.entry.builds and given.name.startswith("torch."):
        _note_unreached(given)
        return
    if given.open or given.entry.builds or not given.name.startswith(("torch.", "tensorflow.nn.")):
        return
    switch = _of_keras(given) if given.name.startswith("tensorflow.") else _switch(given)
    if switch is None or not _drops(given, switch == "dropout_p") or _left_to_callers(given):
        return
    if _is_handed_in(given):
        return
    machine = given.machine
    name = spell(given.node.func) or given.name.rpartition(".")[2]
    written = switch in given.values
    machine.emit(
        Dropout(given.place, name, switch, written, _tests(given), _in_network(machine), _owned(machine))
    )


def _of_keras(given: Given) -> str:
    """ "rate" for dropout by a fixed number in a method of a Keras network; "" for a graph of TensorFlow."""
    fixed = any(isinstance(_expression(given, name), ir.Const) for name in _RATES)
    return "rate" if fixed and _owned(given.machine) else ""


def note_told(given: Given) -> None:
    """A layer of Keras is told that it trains by a method that is told, and does not ask, whether it does."""
    flag = _expression(given, "training")
    function = given.machine.frame.function
    if (
        not (isinstance(flag, ir.Const) and flag.value is True)
        or function is None
        or not _owned(given.machine)
    ):
        return
    node = function.node
    asked = isinstance(node, ir.Function) and "training" not in all_reads(node.body)
    if asked and function.name == "call" and any(param.name == "training" for param in node.params):
        name = spell(given.node.func)
        said = "while `call` is told whether it trains, and ignores it: pass `training=training`"
        given.machine.emit(
            Fault("fixed-training-flag", given.place, f"`{name}` gets `training=True`, {said}", ())
        )


def _note_unreached(given: Given) -> None:
    """Emit a `Dropout` for a layer that no network holds."""
    machine = given.machine
    if not _owned(machine):
        return
    where = unreached(given)
    if where and not _left_to_callers(given):
        name = spell(given.node.func) or given.name.removeprefix("torch.")
        machine.emit(Dropout(given.place, name, where, True, _tests(given), True, True))


def _switch(given: Given) -> str | None:
    """The parameter that leaves dropout on; None when it may be off."""
    if "dropout_p" in given.entry.params:
        return "dropout_p" if "dropout_p" in given.values else None
    flag = getattr(given.entry.does, "flag", "")
    value = given.get(flag)
    if isinstance(value, Method) and value.name.endswith("Module.train"):
        return f"{flag}()"  # the method that switches, not the attribute that tells: always true
    if not flag or not isinstance(value, Constant) or value.value is not True:
        return None
    # A name that is true here may be false for the next caller.
    return flag if flag not in given.values or isinstance(_expression(given, flag), ir.Const) else None


def _expression(given: Given, name: str) -> ir.Expr | None:
    """How the code writes an argument."""
    named = dict(given.node.keywords)
    position = given.entry.params.index(name) if name in given.entry.params else -1
    return named.get(name) or (given.node.args[position] if 0 <= position < len(given.node.args) else None)


def _drops(given: Given, literal: bool) -> bool:
    """Whether something is dropped: the rate is not known to be nothing, or known where it is the switch."""
    for name in _RATES:
        if name in given.values:
            value = given.values[name]
            if isinstance(value, Constant):
                return isinstance(value.value, float) and 0 < value.value < 1
            return not literal
    return not literal


def _tests(given: Given) -> tuple[str, ...]:
    """The conditions the call stands under, from the inside out."""
    return tuple(map(condition, enclosing_tests(given.machine, given.node.id)))


def _left_to_callers(given: Given) -> bool:
    """Whether it stands under a variable that comes with the inputs, other than the rate itself."""
    machine = given.machine
    handed = (*given.node.args, *(value for _, value in given.node.keywords))
    rates = {word for arg in handed for word in condition(arg).split()}
    step = machine.path
    while step is not None and step.kind != "call":
        test = machine.notes.tests.get(step.place) if step.kind in {"if", "else"} else None
        for operand in _operands(test):
            name = operand.name if isinstance(operand, ir.Name) else ""
            if name not in rates and isinstance(machine.frame.attrs.get(name), Unknown):
                return True
        step = step.outer
    return False


def _is_handed_in(given: Given) -> bool:
    """Whether the rate is a parameter of the function: whoever calls it may hand in 0 while testing."""
    function = given.machine.frame.function
    params = () if function is None else function.node.params
    for name in _RATES:
        written = _expression(given, name)
        if isinstance(written, ir.Name) and isinstance(given.values.get(name), Unknown):
            return any(param.name == written.name for param in params)
    return False


def _operands(test: ir.Expr | None) -> Iterator[ir.Expr]:
    """What a condition asks to be true or false as it is."""
    if isinstance(test, ir.Bool):
        yield from _operands(test.left)
        yield from _operands(test.right)
    elif isinstance(test, ir.Unary) and test.op == "not":
        yield from _operands(test.operand)
    elif test is not None:
        yield test


def _owned(machine: Machine) -> bool:
    function = machine.stack[-1] if machine.stack else None
    if function is None or function.owner is None or not is_network(function.owner):
        return False
    return bool(function.node.params) and function.node.params[0].name == "self" and not function.kind


def _in_network(machine: Machine) -> bool:
    return any(function.owner is not None and is_network(function.owner) for function in machine.stack)
