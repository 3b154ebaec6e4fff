"""Steps that change what a call is given."""

from __future__ import annotations

import libcst as cst

from nnlint.analysis.repair import Feed, Keep, SafeLog, Swap, Word
from nnlint.fix.draft import Change, Draft, Hopeless
from nnlint.fix.steps import call_at, imported

__all__ = ["feed", "keep", "safe_log", "swap", "word"]

_LOGARITHMS = {"softmax": "log_softmax", "sigmoid": "logsigmoid"}


def swap(draft: Draft, step: Swap) -> list[Change]:
    """Two arguments in each other's place."""
    call = call_at(draft, step)
    named = {one.keyword.value: one.value for one in call.args if one.keyword is not None}
    plain = [one.value for one in call.args if one.keyword is None and not one.star]
    first, second = step.keywords
    if first in named and second in named:
        one, other = named[first], named[second]
    elif len(plain) >= 2 and not any(argument.star for argument in call.args[:2]):
        one, other = plain[:2]
    else:
        raise Hopeless
    ranges = draft.outer_range(one), draft.outer_range(other)
    texts = [draft.text[slice(*each)] for each in ranges]
    return [Change(*ranges[0], texts[1]), Change(*ranges[1], texts[0])]


def feed(draft: Draft, step: Feed) -> list[Change]:
    """A name as first argument, in place of another one."""
    call = call_at(draft, step)
    given = [one.value for one in call.args if not one.star and one.keyword is None]
    names = [one for one in given if isinstance(one, cst.Name)]
    if len(names) != 1 or names[0].value == step.name:
        raise Hopeless
    return [Change(*draft.range(names[0]), step.name)]


def keep(draft: Draft, step: Keep) -> list[Change]:
    """The statement ``f(x)`` or ``x.f()`` with its value bound to `x`."""
    call = call_at(draft, step)
    if not isinstance(draft.parent(call), cst.Expr) or call.lpar:
        raise Hopeless
    taken = next((one.value for one in call.args if one.keyword is None and not one.star), None)
    if (
        isinstance(call.func, cst.Attribute)
        and isinstance(call.func.value, cst.Name)
        and not imported(draft, call.func)
    ):
        name = call.func.value.value
        taken = taken if name == "self" else call.func.value
    if not isinstance(taken, cst.Name):
        raise Hopeless
    start, _ = draft.range(call)
    return [Change(start, start, f"{taken.value} = ")]


def word(draft: Draft, step: Word) -> list[Change]:
    """A literal in place of another one; a string keeps its quotes."""
    node = draft.node(step.place)
    if isinstance(node, cst.Comparison):
        parts = [node.left, *(target.comparator for target in node.comparisons)]
    elif isinstance(node, cst.Call):
        calls = [each for each in (node, node.func) if isinstance(each, cst.Call)]
        parts = [argument.value for call in calls for argument in call.args]
    else:
        parts = [node] if isinstance(node, cst.BaseExpression) else []
    found = [part for part in parts if _says(part, step.old)]
    if len(found) != 1:
        raise Hopeless
    start, end = draft.range(found[0])
    if isinstance(step.new, str):
        return [Change(start, end, draft.text[start:end].replace(str(step.old), step.new))]
    return [Change(start, end, str(step.new))]


def _says(node: cst.BaseExpression, value: str | float) -> bool:
    """Whether an expression is a literal of this value."""
    if isinstance(node, (cst.SimpleString, cst.Integer, cst.Float)):
        said = node.evaluated_value
        return type(said) is type(value) and said == value
    return False


def safe_log(draft: Draft, step: SafeLog) -> list[Change]:
    """``log(softmax(x))`` becomes ``log_softmax(x)``; anything else gets a small number added."""
    call = call_at(draft, step)
    operand = call.args[0].value if call.args else None
    if operand is None and isinstance(call.func, cst.Attribute):
        operand = call.func.value
    if operand is None:
        raise Hopeless
    if isinstance(operand, cst.Call) and isinstance(operand.func, cst.Attribute):
        name = _LOGARITHMS.get(operand.func.attr.value)
        plain = isinstance(call.func, cst.Attribute) and call.func.attr.value == "log"
        if name is not None and plain and imported(draft, operand.func):
            text, (start, _) = draft.source(operand), draft.range(operand)
            at, until = (offset - start for offset in draft.range(operand.func.attr))
            return [Change(*draft.range(call), text[:at] + name + text[until:])]
    start, end = draft.outer_range(operand)
    if call.args:
        if not isinstance(operand, (cst.Name, cst.Attribute, cst.Call, cst.Subscript)):
            raise Hopeless
        return [Change(end, end, " + 1e-8")]
    return [Change(start, end, f"({draft.text[start:end]} + 1e-8)")]
