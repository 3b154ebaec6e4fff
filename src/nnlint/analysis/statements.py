"""What statements do to the state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nnlint.analysis.accumulation import accumulated
from nnlint.analysis.assigning import assign_to
from nnlint.analysis.calls import call_value
from nnlint.analysis.containers import extended, known_items, stands_for_many
from nnlint.analysis.defining import define_class, define_function
from nnlint.analysis.discards import note_discarded
from nnlint.analysis.expected import note_expected
from nnlint.analysis.expressions import binary, call_args, evaluate, note_options
from nnlint.analysis.hand_updates import updated
from nnlint.analysis.machine import Machine, truth
from nnlint.analysis.mixups import loops_over
from nnlint.analysis.modules import import_names
from nnlint.analysis.narrowing import tested
from nnlint.analysis.parameters import assigned, dropped, reloaded, uncalled
from nnlint.analysis.provenance import spelled
from nnlint.analysis.rounds import gone_through, picked, rounds_of, varying
from nnlint.analysis.sampling import loaded
from nnlint.analysis.scaled_apart import read_as
from nnlint.analysis.scopes import enter_context, leave_context
from nnlint.analysis.sources import named_source
from nnlint.analysis.state import Arm, Flow
from nnlint.analysis.taken_out import deleted
from nnlint.analysis.trace_parameters import repeated
from nnlint.analysis.unpacking import made_as, renamed
from nnlint.analysis.values import (
    UNKNOWN,
    Built,
    Constant,
    External,
    Instance,
    List,
    Method,
    Tensor,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir

__all__ = ["execute"]

_EXITS = frozenset({"sys.exit", "exit", "quit", "os._exit"})
_NAMED = frozenset({ir.Name, ir.Attr})
_WRAPPERS = frozenset({"enumerate", "iter", "progress_bar", "track", "tqdm", "zip"})
"""What goes through its argument."""
_LEAVES_LOOP = Flow.BREAK | Flow.CONTINUE
_MAY_BE_PURE = frozenset({Built, External, Method})


def execute(machine: Machine, body: ir.Block) -> int:
    """Run a block; the ways it may end, as bits of `Flow`."""
    ends = 0
    for statement in body:
        machine.steps += 1
        flow: int = _EXECUTE[type(statement)](machine, statement)
        if not flow & Flow.NEXT:
            return ends | flow
        ends |= flow & ~Flow.NEXT
    return ends | Flow.NEXT


def _assign(machine: Machine, node: ir.Assign) -> int:
    if type(node.value) is not ir.Const:
        renamed(machine, node.targets[0], node.value)
    value = evaluate(machine, node.value)
    if type(node.value) is ir.Binary and machine.loop_depth:
        updated(machine, node, node.targets[0], node.value)
    if type(node.value) is ir.Binary and node.value.op == "+" and type(node.value.left) is ir.Call:
        for fault in repeated(node.value, machine.place(node.value.id)):
            machine.emit(fault)
    if type(node.value) is ir.Call and type(value) is not Built:
        value = reloaded(machine, node, value)
        if type(node.targets[0]) is ir.Name and spelled(node.value.func).rpartition(".")[2] in _WRAPPERS:
            machine.frame.wrapped[node.targets[0].name] = node.value
    if type(value) is Built or type(value) is Instance or type(value) is Unknown:
        assigned(machine, node, value)
    if type(value) is Constant and type(node.value) is ir.Binary and machine.uncounted:
        target = node.targets[0]
        if type(target) in _NAMED and spelled(node.value.left) == spelled(target):
            value = varying(machine, target, value, node.id)
    exchange = isinstance(node.value, ir.Sequence)
    if machine.feed.augmented and type(node.value) is ir.Call:
        loaded(machine, node.targets[0], node.value)
    if type(node.value) is ir.Call and (machine.feed.sources or node.value.keywords):
        named_source(machine, node.targets[0], node.value)
    if machine.feed.looks and type(node.value) is ir.Call:
        read_as(machine, node.targets[0], node.value)
    for target in node.targets:
        assign_to(machine, target, value, exchange)
    if node.id in machine.frame.lost:
        machine.frame.losses.append((node.id, value))
    return Flow.NEXT


def _aug(machine: Machine, node: ir.Aug) -> int:
    if type(node.target) is ir.Name and machine.loop_depth:
        updated(machine, node, node.target, node.value)
    before = evaluate(machine, node.target)
    value = evaluate(machine, node.value)
    if node.op == "+" and isinstance(before, List):
        extended(machine, before, known_items(machine, value))
        return Flow.NEXT
    if node.op == "+" and machine.loop_depth:
        accumulated(machine, before, value, node)
    machine.feed.left = spelled(node.target)
    result = binary(machine, node.op, before, value, node.id, node.value)
    assign_to(machine, node.target, varying(machine, node.target, result, node.id))
    return Flow.NEXT


def _do(machine: Machine, node: ir.Do) -> int:
    value = node.value
    if type(value) is not ir.Call:
        named = evaluate(machine, value)
        if type(value) is ir.Attr:
            uncalled(machine, value, named)
        return Flow.NEXT
    callee = evaluate(machine, value.func)
    machine.steps += 1
    args = call_args(machine, value)
    result = call_value(machine, callee, args, value)
    note_options(machine, value, args, result)
    if type(result) is Built:
        dropped(machine, value, result)
    if type(callee) in _MAY_BE_PURE:
        note_discarded(machine, callee, args, value)
    return Flow.RAISE if type(value.func) in _NAMED and spelled(value.func) in _EXITS else Flow.NEXT


def _return(machine: Machine, node: ir.Return) -> int:
    value = Constant(None) if node.value is None else evaluate(machine, node.value)
    machine.frame.returns.append(value)
    if type(node.value) is ir.Call and machine.frame.function is not None:
        made_as(machine, machine.frame.function.name, node.value, node.value)
    return Flow.RETURN


def _raise(machine: Machine, node: ir.Raise) -> int:
    if node.value is not None:
        evaluate(machine, node.value)
    return Flow.RAISE


def _assert(machine: Machine, node: ir.Assert) -> int:
    return Flow.RAISE if truth(evaluate(machine, node.test)) is False else Flow.NEXT


def _jump(_machine: Machine, node: ir.Jump) -> int:
    return Flow.BREAK if node.kind == "break" else Flow.CONTINUE


def _delete(machine: Machine, node: ir.Delete) -> int:
    for target in node.targets:
        deleted(machine, target)
    return Flow.NEXT


def _scope(machine: Machine, node: ir.Scope) -> int:
    names = machine.frame.global_names if node.kind == "global" else machine.frame.nonlocal_names
    names.update(node.names)
    return Flow.NEXT


def _import(machine: Machine, node: ir.Import) -> int:
    import_names(machine, node)
    return Flow.NEXT


def _function(machine: Machine, node: ir.Function) -> int:
    machine.store(node.name, define_function(machine, node))
    return Flow.NEXT


def _class(machine: Machine, node: ir.Class) -> int:
    machine.store(node.name, define_class(machine, node))
    return Flow.NEXT


def _if(machine: Machine, node: ir.If) -> int:
    holds = truth(evaluate(machine, node.test))
    if holds is not None:
        return execute(machine, node.body if holds else node.orelse)
    return _branch(machine, node.id, [("if", node.body), ("else", node.orelse)], node.test)


def _branch(
    machine: Machine, number: int, arms: list[tuple[str, ir.Block]], test: ir.Expr | None = None
) -> int:
    """Run every arm from the same state and join those that go on."""
    done: list[Arm] = []
    if test is not None:
        machine.notes.tests[machine.place(number)] = test
    for kind, body in arms:

        def run(kind: str = kind, body: ir.Block = body) -> int:
            old = machine.push(kind, number)
            if test is not None:
                tested(machine, test, kind == "if")
            flow = execute(machine, body)
            machine.path = old
            if not flow & (Flow.NEXT | Flow.CONTINUE):
                machine.notes.leaving.add((kind, machine.place(number)))
            return flow

        done.append(machine.state.attempt(run) if body or test is not None else Arm(Flow.NEXT, {}))
    return _rejoined(machine, done)


def _rejoined(machine: Machine, arms: list[Arm]) -> int:
    """Join the arms that go on, and set aside what the others wrote."""
    going = [arm for arm in arms if arm.flow & Flow.NEXT]
    for arm in arms:
        if arm not in going:
            _leave(machine, arm)
    if going:
        machine.state.merge(going)
    flow = 0
    for arm in arms:
        flow |= arm.flow
    return flow


def _leave(machine: Machine, arm: Arm) -> None:
    """Keep what a path wrote that left the block for good: it holds behind the loop or call it left."""
    if arm.flow & Flow.RAISE and not arm.flow & ~Flow.RAISE:
        return
    machine.left_early.append((machine.frame, arm.flow, arm.writes))


def _loop(machine: Machine, node: ir.For | ir.While, rounds: Sequence[Value]) -> int:
    """Run a loop body once for each known item, or twice."""
    mark = len(machine.left_early)
    old = machine.push("loop", node.id)
    machine.notes.loops[machine.place(node.id)] = gone_through(machine, node)
    if isinstance(node, ir.For):
        machine.notes.bind(machine.place(node.id), node.target)
    machine.loop_depth += 1
    uncounted = machine.uncounted
    machine.uncounted = 2 if any(map(stands_for_many, rounds)) else min(uncounted, 1)
    ends, flow = 0, Flow.NEXT
    for item in rounds:
        if isinstance(node, ir.For):
            assign_to(machine, node.target, item)
        flow = execute(machine, node.body)
        ends |= flow & ~(_LEAVES_LOOP | Flow.NEXT)
        if not flow & (Flow.NEXT | Flow.CONTINUE):
            break
    machine.loop_depth -= 1
    machine.uncounted = uncounted
    machine.path = old
    kept = machine.left_early[mark:]
    del machine.left_early[mark:]
    for frame, left, writes in kept:
        if left & _LEAVES_LOOP and frame is machine.frame:
            machine.state.join_in(writes)
        else:
            machine.left_early.append((frame, left, writes))
    if node.orelse:
        return ends | execute(machine, node.orelse)
    return ends | Flow.NEXT


def _for(machine: Machine, node: ir.For) -> int:
    if machine.frame.function is not None or machine.path is not None:
        loops_over(machine, node)
    iterated = evaluate(machine, node.iter)
    if isinstance(iterated, Tensor) and iterated.data:
        machine.notes.roles[machine.place(node.id)] = iterated.data.role
    items = known_items(machine, iterated, node.iter)
    picked(machine, node)
    rounds = rounds_of(machine, node, items)
    if not rounds:
        return Flow.NEXT
    frame, before = machine.frame, machine.frame.rounds
    frame.rounds = before * len(rounds)
    flow = _loop(machine, node, rounds)
    frame.rounds = before
    return flow


def _while(machine: Machine, node: ir.While) -> int:
    if truth(evaluate(machine, node.test)) is False:
        return Flow.NEXT
    machine.notes.again.add(machine.place(node.id))
    return _loop(machine, node, [UNKNOWN] * (1 if machine.plain or machine.loop_depth > 1 else 2))


def _with(machine: Machine, node: ir.With) -> int:
    note_expected(machine, node)
    entered = []
    for value, target in node.items:
        context = evaluate(machine, value)
        token, result = enter_context(machine, context, node.id)
        entered.append(token)
        if target is not None:
            assign_to(machine, target, result)
    flow = execute(machine, node.body)
    for token in reversed(entered):
        leave_context(machine, token)
    return flow


def _try(machine: Machine, node: ir.Try) -> int:
    flow = execute(machine, node.body)
    if flow & Flow.NEXT and node.orelse:
        flow = flow & ~Flow.NEXT | execute(machine, node.orelse)
    flow = _handlers(machine, node, flow)
    if node.final:
        final = execute(machine, node.final)
        flow = flow | final if final & Flow.NEXT else final
    return flow


def _handlers(machine: Machine, node: ir.Try, flow: int) -> int:
    """Handlers run beside the body; those of import errors only where the body failed to bind."""
    handlers = [handler for handler in node.handlers if not _catches_imports(handler) or not flow & Flow.NEXT]
    if not handlers:
        return flow if flow & ~Flow.RAISE else flow | Flow.NEXT
    if not flow & Flow.NEXT:
        flow &= ~Flow.RAISE
    done = []
    for handler in handlers:

        def run(handler: ir.Handler = handler) -> int:
            old = machine.push("except", handler.id)
            if handler.name is not None:
                machine.store(handler.name, UNKNOWN)
            ends = execute(machine, handler.body)
            machine.path = old
            return ends

        done.append(machine.state.attempt(run))
    going = [arm for arm in done if arm.flow & Flow.NEXT]
    for arm in done:
        if arm not in going:
            _leave(machine, arm)
    if going:
        machine.state.merge([*going, Arm(Flow.NEXT, {})] if flow & Flow.NEXT else going)
    for arm in done:
        flow |= arm.flow
    return flow


def _catches_imports(handler: ir.Handler) -> bool:
    named = handler.type
    return isinstance(named, ir.Name) and named.name in {"ImportError", "ModuleNotFoundError"}


def _match(machine: Machine, node: ir.Match) -> int:
    evaluate(machine, node.subject)
    arms: list[Arm] = []
    exhaustive = False
    for case in node.cases:

        def run(case: ir.Case = case) -> int:
            old = machine.push("case", node.id)
            for name in case.binds:
                machine.store(name.name, Unknown(machine.place(name.id)))
            if case.guard is not None:
                evaluate(machine, case.guard)
            flow = execute(machine, case.body)
            machine.path = old
            return flow

        arms.append(machine.state.attempt(run))
        exhaustive = exhaustive or case.irrefutable
    if not exhaustive:
        arms.append(Arm(Flow.NEXT, {}))
    return _rejoined(machine, arms)


_EXECUTE: dict[type, Any] = {
    ir.Assign: _assign,
    ir.Aug: _aug,
    ir.Do: _do,
    ir.Return: _return,
    ir.Raise: _raise,
    ir.Assert: _assert,
    ir.Jump: _jump,
    ir.Delete: _delete,
    ir.Scope: _scope,
    ir.Import: _import,
    ir.Function: _function,
    ir.Class: _class,
    ir.If: _if,
    ir.For: _for,
    ir.While: _while,
    ir.With: _with,
    ir.Try: _try,
    ir.Match: _match,
}
