"""Steps that change how a network's class is written."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from nnlint.analysis.repair import Collect, Initialize, Return
from nnlint.fix.draft import Change, Draft, Hopeless
from nnlint.fix.steps import delete, first

__all__ = ["collect", "initialize", "return_last"]

_EMPTY = {"[]", "()", "{}"}


def initialize(draft: Draft, step: Initialize) -> list[Change]:
    """``super().__init__()`` at the top of the constructor, taken from further down where it stands there."""
    constructor = _method(_class(draft, step.place), "__init__")
    call, taken = "super().__init__()", []
    for line in constructor.body.body:
        inner = line.body[0] if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1 else None
        if isinstance(inner, cst.Expr) and isinstance(inner.value, cst.Call) and _initializes(inner.value):
            if inner.value.args:
                raise Hopeless  # what it is given may have to be computed first
            call = draft.source(inner.value)
            taken = [delete(draft, inner.value)]
    return [first(draft, constructor, call), *taken]


def _initializes(call: cst.Call) -> bool:
    func = call.func
    return (
        isinstance(func, cst.Attribute)
        and func.attr.value == "__init__"
        and isinstance(func.value, cst.Call)
        and isinstance(func.value.func, cst.Name)
        and func.value.func.value == "super"
    )


def collect(draft: Draft, step: Collect) -> list[Change]:
    """The value of the only assignment to the attribute, put into the container."""
    cls = _class(draft, step.place)
    values = [
        statement.value
        for statement in _statements(_method(cls, "__init__").body)
        if isinstance(statement, cst.Assign)
        and len(statement.targets) == 1
        and _is_attribute(statement.targets[0].target, step.attribute)
    ]
    if len(values) != 1:
        raise Hopeless
    container = f"{_framework(draft, cls)}.{step.container}"
    start, end = draft.outer_range(values[0])
    text = draft.text[start:end]
    return [Change(start, end, f"{container}()" if text in _EMPTY else f"{container}({text})")]


def _framework(draft: Draft, cls: cst.ClassDef) -> str:
    """How the class spells the package of its base: ``nn`` of ``nn.Module``."""
    for base in cls.bases:
        if isinstance(base.value, cst.Attribute) and base.value.attr.value == "Module":
            return draft.source(base.value.value)
    raise Hopeless


def _is_attribute(node: cst.CSTNode, name: str) -> bool:
    return isinstance(node, cst.Attribute) and node.attr.value == name and isinstance(node.value, cst.Name)


def return_last(draft: Draft, step: Return) -> list[Change]:
    """``return x`` behind a last ``x = …``, or ``return`` in front of a last call."""
    function = draft.node(step.place)
    if not isinstance(function, cst.FunctionDef) or not isinstance(function.body, cst.IndentedBlock):
        raise Hopeless
    line = function.body.body[-1]
    if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1:
        raise Hopeless
    last = line.body[0]
    start, end = draft.range(line)
    if isinstance(last, cst.Expr) and isinstance(last.value, cst.Call):
        return [Change(start, start, "return ")]
    if isinstance(last, cst.Assign) and len(last.targets) == 1:
        target = last.targets[0].target
        if isinstance(target, cst.Name):
            behind = draft.line_end(end)
            return [
                Change(behind, behind, f"{draft.newline(start)}{draft.indent(start)}return {target.value}")
            ]
    raise Hopeless


def _class(draft: Draft, place: object) -> cst.ClassDef:
    node = draft.node(place)  # type: ignore[arg-type]
    if not isinstance(node, cst.ClassDef):
        raise Hopeless
    return node


def _method(cls: cst.ClassDef, name: str) -> cst.FunctionDef:
    for line in cls.body.body:
        named = isinstance(line, cst.FunctionDef) and line.name.value == name
        if named and isinstance(line, cst.FunctionDef) and isinstance(line.body, cst.IndentedBlock):
            return line
    raise Hopeless


def _statements(block: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Simple statements at any depth of blocks."""
    for child in block.children:
        if isinstance(child, cst.BaseSmallStatement):
            yield child
        elif isinstance(child, (cst.SimpleStatementLine, cst.BaseCompoundStatement, cst.BaseSuite, cst.Else)):
            yield from _statements(child)
