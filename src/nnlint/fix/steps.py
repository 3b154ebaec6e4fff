"""What each step of a repair does to the text."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from nnlint.analysis.repair import Delete, Insert, Keyword, Rename, Replace, Step, Unwrap
from nnlint.fix.draft import Change, Draft, Hopeless

__all__ = ["changes"]


def changes(draft: Draft, step: Step) -> list[Change]:
    """The changes a step asks for. Raises Hopeless."""
    if isinstance(step, Replace):
        node = draft.node(step.place)
        replaced = _simple(draft, node) if step.whole else node
        return [Change(*draft.range(replaced), draft.filled(step.text, step.parts))]
    if isinstance(step, Rename):
        return [_rename(draft, draft.node(step.place), step.name)]
    if isinstance(step, Insert):
        return [_insert(draft, step)]
    if isinstance(step, Keyword):
        return [keyword(draft, _call(draft, step), step.name, step.value)]
    if isinstance(step, Delete):
        return [delete(draft, draft.node(step.place))]
    from nnlint.fix.unwrap import unwrap

    return [unwrap(draft, _call(draft, step))]


def _call(draft: Draft, step: Keyword | Unwrap) -> cst.Call:
    node = draft.node(step.place)
    if not isinstance(node, cst.Call):
        raise Hopeless
    return node


def _simple(draft: Draft, node: cst.CSTNode) -> cst.CSTNode:
    """The simple statement around a node; one that assigns to several targets does more than one thing."""
    for outer in draft.places.parents(node):
        if isinstance(outer, cst.BaseSmallStatement):
            if isinstance(outer, cst.Assign) and len(outer.targets) > 1:
                raise Hopeless
            return outer
    raise Hopeless


def _rename(draft: Draft, node: cst.CSTNode, name: str) -> Change:
    if isinstance(node, cst.Call):
        node = node.func
    if isinstance(node, cst.Attribute):
        node = node.attr
    if not isinstance(node, cst.Name):
        raise Hopeless
    return Change(*draft.range(node), name)


def _insert(draft: Draft, step: Insert) -> Change:
    node = draft.node(step.place)
    text = draft.filled(step.text, step.parts)
    if step.where == "first":
        return _first(draft, node, text)
    statement = draft.statement(node)
    start, end = draft.range(statement)
    indent = draft.indent(start)
    if step.where == "before":
        return Change(start, start, text + draft.newline(start) + indent)
    behind = draft.line_end(end)
    if draft.text[end:behind].strip().partition("#")[0]:
        raise Hopeless  # something stands behind the statement on its last line
    return Change(behind, behind, draft.newline(start) + indent + text)


def _first(draft: Draft, node: cst.CSTNode, text: str) -> Change:
    """In front of all statements of a function's body but its docstring."""
    if not isinstance(node, cst.FunctionDef) or not isinstance(node.body, cst.IndentedBlock):
        raise Hopeless
    body = list(node.body.body)
    if node.get_docstring() is not None and len(body) > 1:
        body.pop(0)
    start, _ = draft.range(body[0])
    return Change(start, start, text + draft.newline(start) + draft.indent(start))


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
