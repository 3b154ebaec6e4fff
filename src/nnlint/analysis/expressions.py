"""What expressions mean."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from nnlint.analysis.above import above
from nnlint.analysis.acts import was_read
from nnlint.analysis.arithmetic import arithmetic, negated
from nnlint.analysis.batches import note_batch
from nnlint.analysis.calls import Args, call_value
from nnlint.analysis.comparisons import compared, with_nan
from nnlint.analysis.comprehensions import comprehended
from nnlint.analysis.containers import (
    index_value,
    known_items,
    make_list,
    make_mapping,
    repeated,
)
from nnlint.analysis.defining import define_function
from nnlint.analysis.feeding import fed_together, note_fed
from nnlint.analysis.histories import mixed
from nnlint.analysis.join import join
from nnlint.analysis.limits import LIMITS
from nnlint.analysis.machine import Machine, truth
from nnlint.analysis.mixups import evaluated_on
from nnlint.analysis.narrowing import tested
from nnlint.analysis.objects import get_attribute
from nnlint.analysis.sampling import called, generator_fitted
from nnlint.analysis.scaled_apart import held_as
from nnlint.analysis.scaling import divided_twice
from nnlint.analysis.selection import better_than
from nnlint.analysis.settings import OPTION_CALLS, option_read, options, regularized, rescheduled, weighted
from nnlint.analysis.sizes_read import note_shape, note_size_call
from nnlint.analysis.trainers import handed_to_trainer
from nnlint.analysis.unpacking import made_as
from nnlint.analysis.values import (
    UNKNOWN,
    Built,
    Constant,
    External,
    Instance,
    List,
    Mapping,
    Obj,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.ir import nodes as ir
from nnlint.ir.spell import spell
from nnlint.knowledge import index

__all__ = ["binary", "call_args", "evaluate", "note_options"]


def evaluate(machine: Machine, node: ir.Expr) -> Value:
    """The meaning of an expression; runs its effects."""
    value: Value = _EVALUATE[type(node)](machine, node)
    return value


def _name(machine: Machine, node: ir.Name) -> Value:
    return machine.lookup(node.name)


def _const(_machine: Machine, node: ir.Const) -> Value:
    return Constant(node.value)


def _attr(machine: Machine, node: ir.Attr) -> Value:
    if node.name == "grad":
        was_read(machine, node)
    owner = evaluate(machine, node.value)
    found = get_attribute(machine, owner, node.name, node.id)
    if node.name in {"shape", "size"}:
        note_shape(machine, owner, machine.place(node.id))
    elif node.name == "param_groups":
        rescheduled(machine.settings, owner)
    elif type(owner) is Unknown and owner.place in machine.settings.parsed:
        option_read(machine.settings, node.name, found)
    return found


def _call(machine: Machine, node: ir.Call) -> Value:
    callee = evaluate(machine, node.func)
    machine.steps += 1
    args = call_args(machine, node)
    value = call_value(machine, callee, args, node)
    note_options(machine, node, args, value)
    if type(node.func) is ir.Attr and node.func.name == "size":
        note_size_call(machine, machine.place(node.func.id), args.positional, machine.place(node.id))
    if machine.feed.augmenters or (type(node.func) is ir.Attr and node.func.name.startswith("flow")):
        called(machine, node, args)
    return value


def note_options(machine: Machine, node: ir.Call, args: Args, value: Value) -> None:
    """Note a call that declares or reads the options of a program, or fits something."""
    func = node.func
    if type(func) is ir.Attr and func.name == "fit":
        if machine.feed.generators:
            generator_fitted(machine, func, node, args)
        if type(value) is Unknown:
            handed_to_trainer(machine, args, node)
    if "eval_dataset" in args.keywords:
        evaluated_on(machine, node)
    if type(func) is ir.Attr and (func.name in OPTION_CALLS or func.name.startswith("DEFINE_")):
        options(machine.settings, machine.place(node.id), func.name, args, value)


def call_args(machine: Machine, node: ir.Call) -> Args:
    """The arguments of a call; unknown ``*`` and ``**`` leave it open."""
    positional: list[Value] = []
    keywords: dict[str, Value] = {}
    is_open = False
    for arg in node.args:
        if type(arg) is ir.Star:
            value = evaluate(machine, arg.value)
            if isinstance(value, (Tuple, List)) or _holds_items(value):
                positional.extend(known_items(machine, value))
            else:
                # What it holds stands here; how much that is, `open` leaves to the callee.
                positional.append(UNKNOWN)
                is_open = True
        else:
            positional.append(evaluate(machine, arg))
    for name, expr in node.keywords:
        value = evaluate(machine, expr)
        if name != "**":
            keywords[name] = value
            if type(value) is Built and name.endswith("regularizer"):
                regularized(machine, value)
        elif isinstance(value, Mapping) and "open" not in value.attrs:
            keywords.update((key[2:], item) for key, item in value.attrs.items() if key.startswith("k:"))
        else:
            is_open = True
    return Args(tuple(positional), keywords, is_open)


def _holds_items(value: Value) -> bool:
    """Whether it is a container of layers, or a named tuple, whose items are known."""
    return isinstance(value, (Built, Instance)) and isinstance(value.attrs.get("items"), Tuple)


def _index(machine: Machine, node: ir.Index) -> Value:
    value = evaluate(machine, node.value)
    keys = [evaluate(machine, item) for item in node.items]
    if machine.feed.reorders:
        note_batch(machine, value, node)
    result = index_value(machine, value, keys, node)
    if (
        machine.notes.graph
        and type(value) is Tensor
        and type(result) is Tensor
        and result.place != value.place
    ):
        machine.notes.graph.setdefault(machine.place(node.id), (value,))
    return result


def _slice(machine: Machine, node: ir.Slice) -> Value:
    for part in (node.lower, node.upper, node.step):
        if part is not None:
            evaluate(machine, part)
    return UNKNOWN


def _binary(machine: Machine, node: ir.Binary) -> Value:
    left, right = evaluate(machine, node.left), evaluate(machine, node.right)
    if node.op == "/":
        divided_twice(machine, node, left)
    if node.op in {"-", "/"}:
        machine.feed.left = spell(node.left)
    return binary(machine, node.op, left, right, node.id, node.right)


def binary(machine: Machine, op: str, left: Value, right: Value, number: int, _right: ir.Expr) -> Value:
    """``left op right`` on meanings."""
    if isinstance(left, Constant) and isinstance(right, Constant):
        return _fold(op, left.value, right.value)
    if op == "+" and isinstance(left, (List, Tuple)) and isinstance(right, (List, Tuple, Unknown)):
        items = (*known_items(machine, left), *known_items(machine, right))
        # Of a list, an unknown item stands for any number of them.
        return make_list(items) if isinstance(left, List) or UNKNOWN in items else Tuple(items)
    if op == "*" and isinstance(left, List) and isinstance(right, (Constant, Unknown)):
        return make_list(repeated(known_items(machine, left), right))
    place = machine.place(number)
    if op == "*" and machine.settings.penalties:
        weighted(machine, left, right, place)
    if machine.settings.histories:
        mixed(machine, left, right, place)
    value = arithmetic(machine, op, left, right, place)
    if type(left) is Tensor or type(right) is Tensor:
        return above.shaped_arithmetic(machine, op, left, right, value, place)
    return value


def _fold(op: str, left: Any, right: Any) -> Value:
    function = _FOLD.get(op)
    number = (int, float)
    if function is None or not (isinstance(left, number) and isinstance(right, number)):
        return (
            Constant(left + right)
            if op == "+" and isinstance(left, str) and isinstance(right, str)
            else UNKNOWN
        )
    if op == "**" and (abs(left) > 1e6 or abs(right) > 64):
        return UNKNOWN
    try:
        value = function(left, right)
        float(value)  # a number that no float holds is none that a rule could calculate with
    except (ArithmeticError, TypeError, ValueError):  # TypeError: a root of a negative number is complex
        return UNKNOWN
    return Constant(value)


def _unary(machine: Machine, node: ir.Unary) -> Value:
    operand = evaluate(machine, node.operand)
    if node.op == "not":
        holds = truth(operand)
        return UNKNOWN if holds is None else Constant(not holds)
    if node.op == "-":
        return negated(operand, machine.place(node.id))
    return operand if node.op == "+" else UNKNOWN


def _compare(machine: Machine, node: ir.Compare) -> Value:
    left = evaluate(machine, node.left)
    rights = [evaluate(machine, right) for right in node.rights]
    if len(rights) != 1:
        return UNKNOWN
    return _compared(machine, node, left, rights[0])


def _compared(machine: Machine, node: ir.Compare, left: Value, right: Value) -> Value:
    op = node.ops[0]
    if machine.feed.scored:
        better_than(machine, machine.place(node.id), op, left, right)
    if isinstance(right, External) or isinstance(left, External):
        with_nan(machine, node, left, right)
    if op in {"is", "is not", "==", "!="} and isinstance(right, Constant):
        same = _is_same(left, right)
        if same is not None:
            return Constant(same if op in {"is", "=="} else not same)
    if isinstance(left, Constant) and isinstance(right, Constant) and op in _COMPARE:
        try:
            return Constant(bool(_COMPARE[op](left.value, right.value)))
        except TypeError:
            return UNKNOWN
    if op == "==" and isinstance(left, Constant) and left.value == "__main__":
        return Constant(True)
    if op in {"in", "not in"} and isinstance(left, Constant) and isinstance(right, (Tuple, List)):
        items = known_items(machine, right)
        if items and all(isinstance(item, Constant) for item in items):
            return Constant((left in items) is (op == "in"))
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        return compared(machine, machine.place(node.id), op, left, right)
    return UNKNOWN


def _is_same(left: Value, right: Constant) -> bool | None:
    if isinstance(left, Constant):
        return left.value == right.value and type(left.value) is type(right.value)
    if right.value is None and (isinstance(left, (Obj, Tuple)) or _is_function(left)):
        return False
    return None


def _is_function(value: Value) -> bool:
    """Whether it is a function or class of a framework, and so not None."""
    return isinstance(value, External) and index.find(value.name) is not None


def _bool(machine: Machine, node: ir.Bool) -> Value:
    left = evaluate(machine, node.left)
    holds = truth(left)
    if holds is not None and holds is (node.op == "or"):
        return left
    right = evaluate(machine, node.right)
    if holds is not None:
        return right
    decided = truth(right)
    if decided is False and node.op == "and" and isinstance(right, Constant):
        return Constant(False)
    return join(left, right)


def _if_exp(machine: Machine, node: ir.IfExp) -> Value:
    holds = truth(evaluate(machine, node.test))
    if holds is not None:
        return evaluate(machine, node.body if holds else node.orelse)
    values: list[Value] = []
    arms = []
    for expr, kind in ((node.body, True), (node.orelse, False)):

        def run(expr: ir.Expr = expr, kind: bool = kind) -> int:
            old = machine.push("if" if kind else "else", node.id)
            tested(machine, node.test, kind)
            values.append(evaluate(machine, expr))
            machine.path = old
            return 1

        arms.append(machine.state.attempt(run))
    machine.state.merge(arms)
    return join(values[0], values[1])


def _sequence(machine: Machine, node: ir.Sequence) -> Value:
    items: list[Value] = []
    for item in node.items[: LIMITS.items]:
        if type(item) is ir.Star:
            items.extend(known_items(machine, evaluate(machine, item.value)))
        else:
            items.append(evaluate(machine, item))
    counted = UNKNOWN not in items or not any(type(item) is ir.Star for item in node.items)
    if node.kind == "tuple" and counted:
        return Tuple(tuple(items)) if len(node.items) <= LIMITS.items else UNKNOWN
    if len(node.items) > LIMITS.items:
        items.append(UNKNOWN)
    return make_list(tuple(items))


def _dict(machine: Machine, node: ir.Dict) -> Value:
    pairs = [
        (None if key is None else evaluate(machine, key), evaluate(machine, value))
        for key, value in node.items
    ]
    for (key, value), (_, expr) in zip(pairs, node.items, strict=True):
        if type(key) is Tensor:
            note_fed(machine, key, value, machine.place(node.id))
        elif type(expr) is ir.Call and type(key) is Constant and type(key.value) is str:
            made_as(machine, key.value, expr, expr)
    if machine.feed.looks:
        held_as(machine, node, pairs)
    made = make_mapping(pairs)
    fed_together(machine, made, pairs)
    return made


def _lambda(machine: Machine, node: ir.Lambda) -> Value:
    return define_function(machine, node)


def _text(machine: Machine, node: ir.Text) -> Value:
    for part in node.parts:
        evaluate(machine, part)
    return UNKNOWN


def _star(machine: Machine, node: ir.Star) -> Value:
    evaluate(machine, node.value)
    return UNKNOWN


def _yield(machine: Machine, node: ir.Yield) -> Value:
    if node.value is not None:
        machine.frame.yields.append(evaluate(machine, node.value))
    return UNKNOWN


def _walrus(machine: Machine, node: ir.Walrus) -> Value:
    value = evaluate(machine, node.value)
    machine.store(node.target.name, value)
    return value


_FOLD: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
    "%": operator.mod, "**": operator.pow,
}  # fmt: skip
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt,
    ">=": operator.ge,
}  # fmt: skip
_EVALUATE: dict[type, Any] = {
    ir.Name: _name,
    ir.Const: _const,
    ir.Attr: _attr,
    ir.Call: _call,
    ir.Index: _index,
    ir.Slice: _slice,
    ir.Binary: _binary,
    ir.Unary: _unary,
    ir.Compare: _compare,
    ir.Bool: _bool,
    ir.IfExp: _if_exp,
    ir.Sequence: _sequence,
    ir.Dict: _dict,
    ir.Comp: comprehended,
    ir.Lambda: _lambda,
    ir.Text: _text,
    ir.Star: _star,
    ir.Yield: _yield,
    ir.Walrus: _walrus,
}
