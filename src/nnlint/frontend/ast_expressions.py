"""Expressions of Python's own parser to IR, node for node and number for number as from LibCST."""

from __future__ import annotations

import ast
import re
from typing import Any

from nnlint.frontend.numbering import Numbering, whole
from nnlint.frontend.scopes import ScopeBuilder
from nnlint.ir import nodes as ir

__all__ = ["AstExpressions"]

_LINE_END = re.compile(r"\r\n|\r|\n")
_COMMENT = re.compile(r"#[^\n]*")

_Place = tuple[int, int]
"""Row from 1 and column from 0, in bytes."""


class AstExpressions(Numbering):
    """Lowers expressions; `text` is what they were parsed from."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self._lines: list[bytes] | None = None

    def expr(self, node: Any) -> ir.Expr:
        """Any expression. Raises KeyError for a kind that is not known."""
        lowered: ir.Expr = _EXPRESSIONS[type(node)](self, node)
        return lowered

    def target(self, node: Any) -> ir.Expr:
        """What an assignment writes to."""
        kind = type(node)
        if kind is ast.Name:
            self.scope.stored.add(node.id)
            return ir.Name(self.next(), node.id)
        if kind is ast.Tuple or kind is ast.List:
            number = self.next()
            return ir.Sequence(number, "tuple", tuple(self.target(element) for element in node.elts))
        if kind is ast.Starred:
            return ir.Star(self.next(), self.target(node.value))
        return self.expr(node)

    def name(self, node: ast.Name) -> ir.Expr:
        name = node.id
        number = self.count
        self.count = number + 1
        self.reads.append(name)
        self.scope.loaded.add(name)
        return ir.Name(number, name)

    def attribute(self, node: ast.Attribute) -> ir.Expr:
        number = self.count
        self.count = number + 1
        return ir.Attr(number, self.expr(node.value), node.attr)

    def constant(self, node: ast.Constant) -> ir.Expr:
        number = self.count
        self.count = number + 1
        value = node.value
        if type(value) is int:
            return ir.Const(number, whole(value))
        if value is ...:
            return ir.Name(number, "Ellipsis")
        return ir.Const(number, value)

    def formatted(self, node: ast.JoinedStr) -> ir.Expr:
        number = self.next()
        parts = []
        for part in node.values:
            if type(part) is ast.FormattedValue:
                parts.append(self.expr(part.value))
                if type(part.format_spec) is ast.JoinedStr:
                    inner = (each for each in part.format_spec.values if type(each) is ast.FormattedValue)
                    parts.extend(self.expr(each.value) for each in inner)
        return ir.Text(number, tuple(parts))

    def call(self, node: ast.Call) -> ir.Expr:
        number = self.count
        self.count = number + 1
        func = self.expr(node.func)
        if not node.keywords:
            return ir.Call(number, func, self.elements(node.args), ())
        args: list[ir.Expr] = []
        keywords: list[tuple[str, ir.Expr]] = []
        for arg in _in_order(node):
            if type(arg) is ast.keyword:
                keywords.append((arg.arg or "**", self.expr(arg.value)))
            elif type(arg) is ast.Starred:
                value = self.expr(arg.value)
                args.append(ir.Star(value.id, value))
            else:
                args.append(self.expr(arg))
        return ir.Call(number, func, tuple(args), tuple(keywords))

    def subscript(self, node: ast.Subscript) -> ir.Expr:
        number = self.next()
        value = self.expr(node.value)
        inner: Any = node.slice
        if type(inner) is ast.Tuple and inner.elts and self._bare(inner):
            return ir.Index(number, value, tuple(self.item(each) for each in inner.elts))
        return ir.Index(number, value, (self.item(inner),))

    def item(self, node: Any) -> ir.Expr:
        return self.expr(node.value if type(node) is ast.Starred else node)

    def slice_(self, node: ast.Slice) -> ir.Expr:
        number = self.next()
        lower, upper, step = (
            None if part is None else self.expr(part) for part in (node.lower, node.upper, node.step)
        )
        return ir.Slice(number, lower, upper, step)

    def binary(self, node: ast.BinOp) -> ir.Expr:
        number = self.next()
        return ir.Binary(number, BINARY[type(node.op)], self.expr(node.left), self.expr(node.right))

    def unary(self, node: ast.UnaryOp) -> ir.Expr:
        number = self.next()
        operand = self.expr(node.operand)
        operator = _UNARY[type(node.op)]
        if operator == "-" and type(operand) is ir.Const and isinstance(operand.value, (int, float)):
            return ir.Const(number, -operand.value)
        return ir.Unary(number, operator, operand)

    def compare(self, node: ast.Compare) -> ir.Expr:
        number = self.next()
        left = self.expr(node.left)
        ops = tuple([_COMPARE[type(each)] for each in node.ops])
        return ir.Compare(number, left, ops, tuple([self.expr(each) for each in node.comparators]))

    def boolean(self, node: ast.BoolOp) -> ir.Expr:
        """``a and b and c`` is ``(a and b) and c``, the whole numbered before its parts."""
        operator: Any = "and" if type(node.op) is ast.And else "or"
        number = self.count + len(node.values) - 1
        self.count = number
        lowered = self.expr(node.values[0])
        for value in node.values[1:]:
            number -= 1
            lowered = ir.Bool(number, operator, lowered, self.expr(value))
        return lowered

    def conditional(self, node: ast.IfExp) -> ir.Expr:
        number = self.next()
        return ir.IfExp(number, self.expr(node.test), self.expr(node.body), self.expr(node.orelse))

    def display(self, node: ast.Tuple | ast.List | ast.Set) -> ir.Expr:
        number = self.next()
        return ir.Sequence(number, _DISPLAYS[type(node)], self.elements(node.elts))

    def elements(self, nodes: list[ast.expr]) -> tuple[ir.Expr, ...]:
        """The parts of a display, or arguments by position."""
        found: list[ir.Expr] = []
        for node in nodes:
            if type(node) is ast.Starred:
                value = self.expr(node.value)
                found.append(ir.Star(value.id, value))
            else:
                found.append(_EXPRESSIONS[type(node)](self, node))
        return tuple(found)

    def dict_(self, node: ast.Dict) -> ir.Expr:
        number = self.next()
        pairs = zip(node.keys, node.values, strict=True)
        items = [(None if key is None else self.expr(key), self.expr(value)) for key, value in pairs]
        return ir.Dict(number, tuple(items))

    def comprehension(self, node: Any) -> ir.Expr:
        number = self.next()
        clauses = []
        for clause in node.generators:
            iterated = self.expr(clause.iter)
            target = self.target(clause.target)
            clauses.append(ir.Clause(target, iterated, tuple(self.expr(test) for test in clause.ifs)))
        if type(node) is ast.DictComp:
            key: ir.Expr | None = self.expr(node.key)
            return ir.Comp(number, "dict", key, self.expr(node.value), tuple(clauses))
        return ir.Comp(number, _COMPREHENSIONS[type(node)], None, self.expr(node.elt), tuple(clauses))

    def lambda_(self, node: ast.Lambda) -> ir.Expr:
        number = self.next()
        params = self.params(node.args)
        parent, self.scope = self.scope, ScopeBuilder()
        self.scope.stored.update(param.name for param in params)
        kept, self.reads = self.reads, []
        body = self.expr(node.body)
        scope, self.scope = self.scope, parent
        self.reads = kept
        scope.close_into(parent)
        return ir.Lambda(number, params, body)

    def params(self, node: ast.arguments) -> tuple[ir.Param, ...]:
        """The parameters of a function or lambda, defaults lowered in the scope around it."""
        count = len(node.posonlyargs) + len(node.args)
        defaults: list[Any] = [None] * (count - len(node.defaults)) + list(node.defaults)
        kinds: list[Any] = ["/"] * len(node.posonlyargs) + [""] * len(node.args)
        named = zip([*node.posonlyargs, *node.args], kinds, defaults, strict=True)
        found = [self.param(arg, kind, default) for arg, kind, default in named]
        if node.vararg is not None:
            found.append(self.param(node.vararg, "*", None))
        keyword_only = zip(node.kwonlyargs, node.kw_defaults, strict=True)
        found += [self.param(arg, "k", default) for arg, default in keyword_only]
        if node.kwarg is not None:
            found.append(self.param(node.kwarg, "**", None))
        return tuple(found)

    def param(self, node: ast.arg, kind: Any, default: Any) -> ir.Param:
        number = self.next()
        return ir.Param(number, node.arg, kind, None if default is None else self.expr(default), None)

    def starred(self, node: ast.Starred) -> ir.Expr:
        value = self.expr(node.value)
        return ir.Star(value.id, value)

    def yield_(self, node: ast.Yield | ast.YieldFrom) -> ir.Expr:
        number = self.next()
        self.scope.generator = True
        return ir.Yield(number, None if node.value is None else self.expr(node.value))

    def await_(self, node: ast.Await) -> ir.Expr:
        return self.expr(node.value)

    def walrus(self, node: ast.NamedExpr) -> ir.Expr:
        number = self.next()
        value = self.expr(node.value)
        target = self.target(node.target)
        assert isinstance(target, ir.Name)
        return ir.Walrus(number, target, value)

    def _bare(self, node: ast.Tuple) -> bool:
        """Whether the tuple of a subscript has no parentheses of its own."""
        first, last = node.elts[0], node.elts[-1]
        if _start(first) == _start(node) or _end(last) == _end(node):
            return True
        behind = _start(node.elts[1]) if len(node.elts) > 1 else _end(node)
        opened = self._between(_start(node), _start(first)).count("(")
        return opened == self._between(_end(first), behind).partition(",")[0].count(")")

    def _between(self, start: _Place, end: _Place) -> str:
        """The text between two places, comments left out."""
        if self._lines is None:
            self._lines = [line.encode() for line in _LINE_END.split(self.text)]
        lines = self._lines[start[0] - 1 : end[0]]
        lines[-1] = lines[-1][: end[1]]
        lines[0] = lines[0][start[1] :]
        return _COMMENT.sub("", b"\n".join(lines).decode(errors="replace"))


def _start(node: ast.expr) -> _Place:
    return node.lineno, node.col_offset


def _end(node: ast.expr) -> _Place:
    assert node.end_lineno is not None, "the parser sets it"
    return node.end_lineno, node.end_col_offset or 0


def _in_order(node: ast.Call) -> list[Any]:
    """The arguments as they stand in the text: a starred one may follow a keyword."""
    arguments: list[Any] = [*node.args, *node.keywords]
    if any(type(arg) is ast.Starred for arg in node.args):
        arguments.sort(key=_start)
    return arguments


BINARY: dict[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
    ast.LShift: "<<", ast.RShift: ">>",
}  # fmt: skip
"""How operators are spelled."""
_UNARY: dict[type, str] = {ast.USub: "-", ast.UAdd: "+", ast.Invert: "~", ast.Not: "not"}
_COMPARE: dict[type, str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip
_DISPLAYS: dict[type, Any] = {ast.Tuple: "tuple", ast.List: "list", ast.Set: "set"}
_COMPREHENSIONS: dict[type, Any] = {
    ast.ListComp: "list", ast.SetComp: "set", ast.GeneratorExp: "generator",
}  # fmt: skip
_EXPRESSIONS: dict[type, Any] = {
    ast.Name: AstExpressions.name,
    ast.Attribute: AstExpressions.attribute,
    ast.Constant: AstExpressions.constant,
    ast.JoinedStr: AstExpressions.formatted,
    ast.Call: AstExpressions.call,
    ast.Subscript: AstExpressions.subscript,
    ast.Slice: AstExpressions.slice_,
    ast.BinOp: AstExpressions.binary,
    ast.UnaryOp: AstExpressions.unary,
    ast.Compare: AstExpressions.compare,
    ast.BoolOp: AstExpressions.boolean,
    ast.IfExp: AstExpressions.conditional,
    ast.Tuple: AstExpressions.display,
    ast.List: AstExpressions.display,
    ast.Set: AstExpressions.display,
    ast.Dict: AstExpressions.dict_,
    ast.ListComp: AstExpressions.comprehension,
    ast.SetComp: AstExpressions.comprehension,
    ast.DictComp: AstExpressions.comprehension,
    ast.GeneratorExp: AstExpressions.comprehension,
    ast.Lambda: AstExpressions.lambda_,
    ast.Yield: AstExpressions.yield_,
    ast.YieldFrom: AstExpressions.yield_,
    ast.Starred: AstExpressions.starred,
    ast.Await: AstExpressions.await_,
    ast.NamedExpr: AstExpressions.walrus,
}
