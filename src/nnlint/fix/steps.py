"""What each step of a repair does to the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import libcst as cst

from nnlint.analysis.repair import Delete, Insert, Keyword, Rename, Replace
from nnlint.fix.draft import Change, Draft, Hopeless

__all__ = ["PLAIN", "call_at", "delete", "first", "imported", "keyword", "without_argument", "without_item"]


def call_at(draft: Draft, step: Any) -> cst.Call:
    """The call at the place of a step."""
    node = draft.node(step.place)
    if not isinstance(node, cst.Call):
        raise Hopeless
    return node


def _replace(draft: Draft, step: Replace) -> list[Change]:
    node = draft.node(step.place)
    replaced = _simple(draft, node) if step.whole else node
    return [Change(*draft.range(replaced), draft.filled(step.text, step.parts))]


def _simple(draft: Draft, node: cst.CSTNode) -> cst.CSTNode:
    """The simple statement around a node; one that assigns to several targets does more than one thing."""
    for outer in draft.places.parents(node):
        if isinstance(outer, cst.BaseSmallStatement):
            if isinstance(outer, cst.Assign) and len(outer.targets) > 1:
                raise Hopeless
            return outer
    raise Hopeless


def _rename(draft: Draft, step: Rename) -> list[Change]:
    node = draft.node(step.place)
    if isinstance(node, cst.Call):
        node = node.func
    if step.imported and not imported(draft, node):
        raise Hopeless
    if isinstance(node, cst.Attribute):
        node = node.attr
    if not isinstance(node, cst.Name):
        raise Hopeless
    name = step.name if isinstance(step.name, str) else dict(step.name).get(node.value)
    if name is None:
        raise Hopeless
    return [Change(*draft.range(node), name)]


def imported(draft: Draft, node: cst.CSTNode) -> bool:
    """Whether a dotted name begins with a module that the top level of the file imports."""
    depth = 0
    while isinstance(node, cst.Attribute):
        node, depth = node.value, depth + 1
    return depth > 0 and isinstance(node, cst.Name) and node.value in draft.places.imported()


def _insert(draft: Draft, step: Insert) -> list[Change]:
    node = draft.node(step.place)
    text = draft.filled(step.text, step.parts)
    if step.where == "first":
        return [first(draft, node, text)]
    statement = draft.statement(node)
    start, end = draft.range(statement)
    indent = draft.indent(start)
    if step.where == "before":
        return [Change(start, start, text + draft.newline(start) + indent)]
    behind = draft.line_end(end)
    if draft.text[end:behind].strip().partition("#")[0]:
        raise Hopeless  # something stands behind the statement on its last line
    return [Change(behind, behind, draft.newline(start) + indent + text)]


def first(draft: Draft, node: cst.CSTNode, text: str) -> Change:
    """In front of all statements of a function's body but its docstring."""
    if not isinstance(node, cst.FunctionDef) or not isinstance(node.body, cst.IndentedBlock):
        raise Hopeless
    body = list(node.body.body)
    if node.get_docstring() is not None and len(body) > 1:
        body.pop(0)
    start, _ = draft.range(body[0])
    return Change(start, start, text + draft.newline(start) + draft.indent(start))


def _keyword(draft: Draft, step: Keyword) -> list[Change]:
    call = call_at(draft, step)
    if step.made and isinstance(call.func, cst.Call):
        call = call.func
    return [keyword(draft, call, step.name, step.value)]


def keyword(draft: Draft, call: cst.Call, name: str, value: str | None) -> Change:
    """Set, add or take away a keyword argument."""
    for number, argument in enumerate(call.args):
        if argument.keyword is not None and argument.keyword.value == name:
            if value is None:
                return without_argument(draft, call, number)
            return Change(*draft.outer_range(argument.value), value)
    if value is None or any(argument.star for argument in call.args):
        raise Hopeless
    text = f"{name}={value}"
    if not call.args:
        _, end = draft.range(call)
        return Change(end - 1, end - 1, text)
    last = call.args[-1]
    if isinstance(last.value, cst.GeneratorExp) and not last.value.lpar:
        raise Hopeless
    _, end = draft.outer_range(last.value)
    return Change(end, end, f", {text}")


def without_argument(draft: Draft, call: cst.Call, number: int) -> Change:
    """Take away an argument with the comma that goes with it."""
    return without_item(draft, [argument.value for argument in call.args], number, call.args[number])


def without_item(draft: Draft, values: list[cst.BaseExpression], number: int, item: cst.CSTNode) -> Change:
    """Take away one of several items between commas, up to the next or from the one before."""
    start, _ = draft.range(item)
    _, end = draft.outer_range(values[number])
    if number + 1 < len(values):
        following = next(iter(_starts_behind(draft, item, values[number + 1])))
        between = draft.text[end:following]
        if "#" in between:
            raise Hopeless
        return Change(start, following, "")
    if number:
        _, before = draft.outer_range(values[number - 1])
        if "#" in draft.text[before:start]:
            raise Hopeless
        return Change(before, end, "")
    return Change(start, end + (1 if draft.text[end : end + 1] == "," else 0), "")


def _starts_behind(draft: Draft, item: cst.CSTNode, following: cst.BaseExpression) -> Iterator[int]:
    """Where the next item begins: its keyword, star or value."""
    holder = draft.parent(following)
    yield draft.range(holder if type(holder) is type(item) else following)[0]


def delete(draft: Draft, node: cst.CSTNode) -> Change:
    """Take away a whole statement with its line; `pass` stays where a block would be empty."""
    statement = draft.statement(node)
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        raise Hopeless
    start, end = draft.range(statement)
    first, behind = draft.line(start)[0], draft.line(end)[1]
    block = draft.parent(statement)
    if draft.text[end:behind].strip() or draft.indent(start) is None:
        raise Hopeless  # a comment may be about more than this statement
    siblings = getattr(block, "body", ())
    if len(siblings) < 2 and not isinstance(block, cst.Module):
        return Change(start, end, "pass")
    return Change(first, behind, "")


PLAIN: dict[type, Callable[[Draft, Any], list[Change]]] = {
    Replace: _replace,
    Rename: _rename,
    Insert: _insert,
    Keyword: _keyword,
    Delete: lambda draft, step: [delete(draft, draft.node(step.place))],
}
"""What to do for each kind of step that is not about something of its own."""
