"""One file as the mutations see it: calls and statements, what encloses them, what names were made by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import libcst as cst
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper

_T = TypeVar("_T")
__all__ = ["Call", "Code", "Edit", "Line", "Mutant"]

Edit = Sequence[tuple[cst.CSTNode, str]]
"""Nodes and the texts they are replaced with."""


class Mutant(NamedTuple):
    """codes: the rules that may report it. text: the whole file. row: where it was changed."""

    name: str
    codes: tuple[str, ...]
    text: str
    row: int


class Call(NamedTuple):
    """A call: its function as written, and the names of the class and of the function it stands in."""

    node: cst.Call
    func: str
    cls: str
    within: Line | None


@dataclass(eq=False)
class Line:
    """A simple statement, a function or a class. body: the statements it stands among, in order."""

    node: cst.BaseStatement
    text: str
    cls: str
    function: cst.FunctionDef | None
    loops: int
    body: list[Line] = field(default_factory=list)

    @property
    def before(self) -> Line | None:
        """The statement before it in the same body."""
        at = self.body.index(self)
        return self.body[at - 1] if at else None

    @property
    def after(self) -> Line | None:
        """The statement after it in the same body."""
        at = self.body.index(self) + 1
        return self.body[at] if at < len(self.body) else None

    @property
    def assigned(self) -> tuple[str, cst.BaseExpression] | None:
        """The one target of an assignment as it is written, and the value."""
        small = self.node.body[0] if isinstance(self.node, cst.SimpleStatementLine) else None
        if isinstance(small, cst.Assign) and len(small.targets) == 1:
            return _text(small.targets[0].target), small.value
        return None


class Code:
    """A parsed file. Raises libcst.ParserSyntaxError."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._bytes = text.encode()
        wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
        self._spans = wrapper.resolve(ByteSpanPositionProvider)
        self.lines: list[Line] = []
        self.calls: list[Call] = []
        self.functions: list[tuple[cst.FunctionDef, str]] = []
        _Walk(self).visit(wrapper.module)
        self.made = {
            (line.cls if line.assigned[0].startswith("self.") else "", line.assigned[0]): line.assigned[1]
            for line in self.lines
            if line.assigned is not None
        }

    def of(self, node: cst.CSTNode) -> str:
        """The text of a node."""
        span = self._spans[node]
        return self._bytes[span.start : span.start + span.length].decode()

    def maker(self, name: str, cls: str) -> str:
        """The last part of the name of what made a name or attribute; "" if it is not made in the file."""
        value = self.made.get((cls if name.startswith("self.") else "", name))
        return self.of(value.func).rpartition(".")[2] if isinstance(value, cst.Call) else ""

    def is_of_import(self, name: str, cls: str) -> bool:
        """Whether what made a name is imported: excerpts of notebooks leave imports out."""
        value = self.made.get((cls if name.startswith("self.") else "", name))
        maker = self.of(value.func).partition(".")[0] if isinstance(value, cst.Call) else ""
        pattern = rf"^ *(from [\w.]+ )?import (\([^)]*\b{maker}\b|[^(\n]*\b{maker}\b)"
        return maker.isidentifier() and re.search(pattern, self.text, re.MULTILINE) is not None

    def reads(self, name: str, function: cst.FunctionDef) -> int:
        """How often a plain name or attribute is mentioned in a function."""
        return len(re.findall(rf"(?<![\w.]){re.escape(name)}(?!\w)", self.of(function)))

    def mentions(self, name: str) -> int:
        """How often a name is mentioned in the whole file."""
        return len(re.findall(rf"(?<![\w.]){re.escape(name)}(?!\w)", self.text))

    def replaced(self, edit: Edit) -> tuple[str, int]:
        """The text after an edit, and the row of its first change."""
        spans = sorted(((self._spans[node], new) for node, new in edit), key=lambda one: one[0].start)
        data, at = bytearray(), 0
        for span, new in spans:
            data += self._bytes[at : span.start] + new.encode()
            at = span.start + span.length
        data += self._bytes[at:]
        return data.decode(), self._bytes[: spans[0][0].start].count(b"\n") + 1

    def in_loops(self) -> Iterator[Line]:
        """The simple statements inside loops."""
        return (line for line in self.lines if line.loops)


class _Walk:
    """Fills the lists of a `Code`."""

    def __init__(self, code: Code) -> None:
        self.code = code
        self.classes: list[str] = [""]
        self.within: list[cst.FunctionDef | None] = [None]
        self.loops = [0]
        self.bodies: list[list[Line]] = []
        self.line: Line | None = None

    def visit(self, node: cst.CSTNode) -> None:
        """Note a node and everything in it."""
        if isinstance(node, cst.ClassDef):
            self._inside(self.classes, node.name.value, node)
        elif isinstance(node, cst.FunctionDef):
            self.code.functions.append((node, self.classes[-1]))
            self.loops.append(0)
            self._inside(self.within, node, node)
            self.loops.pop()
        elif isinstance(node, cst.For):
            self._inside(self.loops, self.loops[-1] + 1, node)
        elif isinstance(node, cst.Module | cst.IndentedBlock):
            self._inside(self.bodies, [], node)
        else:
            self._simple(node)

    def _simple(self, node: cst.CSTNode) -> None:
        if isinstance(node, cst.SimpleStatementLine):
            body = self.bodies[-1]
            text = self.code.of(node)
            self.line = Line(node, text, self.classes[-1], self.within[-1], self.loops[-1], body)
            body.append(self.line)
            self.code.lines.append(self.line)
        if isinstance(node, cst.Call):
            self.code.calls.append(Call(node, self.code.of(node.func), self.classes[-1], self.line))
        self._children(node)
        if isinstance(node, cst.SimpleStatementLine):
            self.line = None

    def _inside(self, stack: list[_T], item: _T, node: cst.CSTNode) -> None:
        stack.append(item)
        self._children(node)
        stack.pop()

    def _children(self, node: cst.CSTNode) -> None:
        for child in node.children:
            self.visit(child)


_EMPTY = cst.Module([])


def _text(node: cst.CSTNode) -> str:
    return _EMPTY.code_for_node(node)
