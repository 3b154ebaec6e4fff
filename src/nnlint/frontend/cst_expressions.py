"""LibCST expressions to IR."""

from __future__ import annotations

import math
import warnings
from ast import literal_eval
from collections.abc import Iterator
from typing import Any

import libcst as cst

from nnlint.frontend.numbering import Numbering, whole
from nnlint.frontend.scopes import ScopeBuilder
from nnlint.ir import nodes as ir

__all__ = ["ExpressionLowering", "is_plain"]


class ExpressionLowering(Numbering):
    """Lowers expressions; keeps the concrete nodes by number where it is told to."""

    def __init__(self, record: bool) -> None:
        super().__init__()
        self.record = record
        self.recorded: list[cst.CSTNode] = []

    def number(self, node: cst.CSTNode) -> int:
        """The next node number."""
        number = self.count
        self.count = number + 1
        if self.record:
            self.recorded.append(node)
        return number

    def expr(self, node: Any) -> ir.Expr:
        """Any expression."""
        lowered: ir.Expr = _EXPRESSIONS[type(node)](self, node)
        return lowered

    def target(self, node: Any, store: bool = True) -> ir.Expr:
        """What an assignment writes to."""
        kind = type(node)
        if kind is cst.Name:
            if store:
                self.scope.stored.add(node.value)
            return ir.Name(self.number(node), node.value)
        if kind is cst.Tuple or kind is cst.List:
            number = self.number(node)
            items = tuple(self.target(element, store) for element in node.elements)
            return ir.Sequence(number, "tuple", items)
        if kind is cst.Element:
            return self.target(node.value, store)
        if kind is cst.StarredElement:
            return ir.Star(self.number(node), self.target(node.value, store))
        return self.expr(node)

    def name(self, node: cst.Name) -> ir.Expr:
        name = node.value
        number = self.number(node)
        if name in _CONSTANTS:
            return ir.Const(number, _CONSTANTS[name])
        self.reads.append(name)
        self.scope.loaded.add(name)
        return ir.Name(number, name)

    def attribute(self, node: cst.Attribute) -> ir.Expr:
        return ir.Attr(self.number(node), self.expr(node.value), node.attr.value)

    def integer(self, node: cst.Integer) -> ir.Expr:
        return ir.Const(self.number(node), _whole(node.value))

    def decimal(self, node: cst.Float) -> ir.Expr:
        return ir.Const(self.number(node), float(node.value))

    def imaginary(self, node: cst.Imaginary) -> ir.Expr:
        return ir.Const(self.number(node), complex(node.value))

    def string(self, node: cst.SimpleString) -> ir.Expr:
        return ir.Const(self.number(node), _text(node.value))

    def joined(self, node: cst.ConcatenatedString) -> ir.Expr:
        """Strings side by side are one node, as Python's own parser has it."""
        number = self.number(node)
        strings = list(_strings(node))
        texts = [_text(each.value) for each in strings if type(each) is cst.SimpleString]
        if len(texts) == len(strings):
            return ir.Const(number, texts[0][:0].join(texts))  # type: ignore[arg-type]
        return ir.Text(number, tuple(part for each in strings for part in self.parts(each)))

    def formatted(self, node: Any) -> ir.Expr:
        """An f-string, or a t-string."""
        number = self.number(node)
        return ir.Text(number, tuple(self.parts(node)))

    def parts(self, node: Any) -> Iterator[ir.Expr]:
        """What stands in the braces of a string."""
        for part in getattr(node, "parts", ()):
            if hasattr(part, "expression"):
                yield self.expr(part.expression)
                for inner in part.format_spec or ():
                    if hasattr(inner, "expression"):
                        yield self.expr(inner.expression)

    def call(self, node: cst.Call) -> ir.Expr:
        number = self.number(node)
        func = self.expr(node.func)
        args: list[ir.Expr] = []
        keywords: list[tuple[str, ir.Expr]] = []
        for arg in node.args:
            value = self.expr(arg.value)
            if arg.keyword is not None:
                keywords.append((arg.keyword.value, value))
            elif arg.star == "":
                args.append(value)
            elif arg.star == "*":
                args.append(ir.Star(value.id, value))
            else:
                keywords.append(("**", value))
        return ir.Call(number, func, tuple(args), tuple(keywords))

    def subscript(self, node: cst.Subscript) -> ir.Expr:
        number = self.number(node)
        value = self.expr(node.value)
        return ir.Index(number, value, tuple(self.item(element.slice) for element in node.slice))

    def item(self, node: cst.BaseSlice) -> ir.Expr:
        if isinstance(node, cst.Index):
            return self.expr(node.value)
        assert isinstance(node, cst.Slice)
        number = self.number(node)
        lower, upper, step = (
            None if part is None else self.expr(part) for part in (node.lower, node.upper, node.step)
        )
        return ir.Slice(number, lower, upper, step)

    def binary(self, node: cst.BinaryOperation) -> ir.Expr:
        number = self.number(node)
        return ir.Binary(number, _BINARY[type(node.operator)], self.expr(node.left), self.expr(node.right))

    def unary(self, node: cst.UnaryOperation) -> ir.Expr:
        number = self.number(node)
        operand = self.expr(node.expression)
        operator = _UNARY[type(node.operator)]
        if operator == "-" and type(operand) is ir.Const and isinstance(operand.value, (int, float)):
            return ir.Const(number, -operand.value)
        return ir.Unary(number, operator, operand)

    def compare(self, node: cst.Comparison) -> ir.Expr:
        number = self.number(node)
        left = self.expr(node.left)
        ops = tuple(_COMPARE[type(part.operator)] for part in node.comparisons)
        return ir.Compare(number, left, ops, tuple(self.expr(part.comparator) for part in node.comparisons))

    def boolean(self, node: cst.BooleanOperation) -> ir.Expr:
        number = self.number(node)
        left, right = self.expr(node.left), self.expr(node.right)
        return ir.Bool(number, "and" if type(node.operator) is cst.And else "or", left, right)

    def conditional(self, node: cst.IfExp) -> ir.Expr:
        number = self.number(node)
        return ir.IfExp(number, self.expr(node.test), self.expr(node.body), self.expr(node.orelse))

    def tuple_(self, node: cst.Tuple) -> ir.Expr:
        return ir.Sequence(self.number(node), "tuple", self.elements(node.elements))

    def list_(self, node: cst.List) -> ir.Expr:
        return ir.Sequence(self.number(node), "list", self.elements(node.elements))

    def set_(self, node: cst.Set) -> ir.Expr:
        return ir.Sequence(self.number(node), "set", self.elements(node.elements))

    def elements(self, elements: Any) -> tuple[ir.Expr, ...]:
        found: list[ir.Expr] = []
        for element in elements:
            value = self.expr(element.value)
            found.append(ir.Star(value.id, value) if type(element) is cst.StarredElement else value)
        return tuple(found)

    def dict_(self, node: cst.Dict) -> ir.Expr:
        number = self.number(node)
        items: list[tuple[ir.Expr | None, ir.Expr]] = []
        for element in node.elements:
            if isinstance(element, cst.DictElement):
                items.append((self.expr(element.key), self.expr(element.value)))
            else:
                items.append((None, self.expr(element.value)))
        return ir.Dict(number, tuple(items))

    def comprehension(self, node: Any) -> ir.Expr:
        number = self.number(node)
        # A comprehension's variables are its own, but noting them as stored in the scope around costs
        # nothing: they are never read there.
        clauses = []
        clause = node.for_in
        while clause is not None:
            iterated = self.expr(clause.iter)
            target = self.target(clause.target)
            clauses.append(ir.Clause(target, iterated, tuple(self.expr(test.test) for test in clause.ifs)))
            clause = clause.inner_for_in
        if isinstance(node, cst.DictComp):
            key: ir.Expr | None = self.expr(node.key)
            return ir.Comp(number, "dict", key, self.expr(node.value), tuple(clauses))
        return ir.Comp(number, _COMPREHENSIONS[type(node)], None, self.expr(node.elt), tuple(clauses))

    def lambda_(self, node: cst.Lambda) -> ir.Expr:
        number = self.number(node)
        params = self.params(node.params)
        parent, self.scope = self.scope, ScopeBuilder()
        self.scope.stored.update(param.name for param in params)
        kept, self.reads = self.reads, []
        body = self.expr(node.body)
        scope, self.scope = self.scope, parent
        self.reads = kept
        scope.close_into(parent)
        return ir.Lambda(number, params, body)

    def params(self, params: cst.Parameters) -> tuple[ir.Param, ...]:
        """The parameters of a function or lambda, defaults lowered in the scope around it."""
        found = [self.param(param, "/") for param in params.posonly_params]
        found += [self.param(param, "") for param in params.params]
        if isinstance(params.star_arg, cst.Param):
            found.append(self.param(params.star_arg, "*"))
        found += [self.param(param, "k") for param in params.kwonly_params]
        if params.star_kwarg is not None:
            found.append(self.param(params.star_kwarg, "**"))
        return tuple(found)

    def param(self, node: cst.Param, kind: Any) -> ir.Param:
        number = self.number(node)
        default = None if node.default is None else self.expr(node.default)
        return ir.Param(number, node.name.value, kind, default, None)

    def starred(self, node: cst.StarredElement) -> ir.Expr:
        """A star outside a sequence, which the parser lets through (``yield *x``)."""
        value = self.expr(node.value)
        return ir.Star(value.id, value)

    def yield_(self, node: cst.Yield) -> ir.Expr:
        number = self.number(node)
        self.scope.generator = True
        value = node.value
        if value is None:
            return ir.Yield(number, None)
        return ir.Yield(number, self.expr(value.item if isinstance(value, cst.From) else value))

    def await_(self, node: cst.Await) -> ir.Expr:
        return self.expr(node.expression)

    def walrus(self, node: cst.NamedExpr) -> ir.Expr:
        number = self.number(node)
        value = self.expr(node.value)
        target = self.target(node.target)
        assert isinstance(target, ir.Name)
        return ir.Walrus(number, target, value)

    def ellipsis(self, node: cst.Ellipsis) -> ir.Expr:
        return ir.Name(self.number(node), "Ellipsis")


def is_plain(node: cst.CSTNode) -> bool:
    """Whether an expression is a text without anything to work out in it."""
    return all(type(each) is cst.SimpleString for each in _strings(node))


def _strings(node: cst.CSTNode) -> Iterator[Any]:
    """The strings that stand side by side; any other node by itself."""
    if type(node) is cst.ConcatenatedString:
        yield from _strings(node.left)
        yield from _strings(node.right)
    else:
        yield node


def _whole(text: str) -> int | float:
    """The value of an integer."""
    try:
        return whole(int(text, 0) if not text.isdigit() else int(text))
    except ValueError:  # Python reads no decimal integers of more than some thousand digits
        return math.inf


def _text(source: str) -> str | bytes:
    """The value of a string literal."""
    first = source[0]
    if first in "'\"" and source[1] != first and "\\" not in source:
        return source[1:-1]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes that mean nothing
            value = literal_eval(source)
    except SyntaxError:  # an escape or a byte that Python 3 refuses, which says nothing about the rest
        return source
    assert isinstance(value, (str, bytes))
    return value


_CONSTANTS = {"True": True, "False": False, "None": None}
_BINARY: dict[type, str] = {
    cst.Add: "+", cst.Subtract: "-", cst.Multiply: "*", cst.Divide: "/", cst.FloorDivide: "//",
    cst.Modulo: "%", cst.Power: "**", cst.MatrixMultiply: "@", cst.BitAnd: "&", cst.BitOr: "|",
    cst.BitXor: "^", cst.LeftShift: "<<", cst.RightShift: ">>",
}  # fmt: skip
_UNARY: dict[type, str] = {cst.Minus: "-", cst.Plus: "+", cst.BitInvert: "~", cst.Not: "not"}
_COMPARE: dict[type, str] = {
    cst.Equal: "==", cst.NotEqual: "!=", cst.LessThan: "<", cst.LessThanEqual: "<=", cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=", cst.In: "in", cst.NotIn: "not in", cst.Is: "is", cst.IsNot: "is not",
}  # fmt: skip
_COMPREHENSIONS: dict[type, Any] = {
    cst.ListComp: "list",
    cst.SetComp: "set",
    cst.GeneratorExp: "generator",
}
_EXPRESSIONS: dict[type, Any] = {
    cst.Name: ExpressionLowering.name,
    cst.Attribute: ExpressionLowering.attribute,
    cst.Integer: ExpressionLowering.integer,
    cst.Float: ExpressionLowering.decimal,
    cst.Imaginary: ExpressionLowering.imaginary,
    cst.SimpleString: ExpressionLowering.string,
    cst.ConcatenatedString: ExpressionLowering.joined,
    cst.FormattedString: ExpressionLowering.formatted,
    cst.Call: ExpressionLowering.call,
    cst.Subscript: ExpressionLowering.subscript,
    cst.BinaryOperation: ExpressionLowering.binary,
    cst.UnaryOperation: ExpressionLowering.unary,
    cst.Comparison: ExpressionLowering.compare,
    cst.BooleanOperation: ExpressionLowering.boolean,
    cst.IfExp: ExpressionLowering.conditional,
    cst.Tuple: ExpressionLowering.tuple_,
    cst.List: ExpressionLowering.list_,
    cst.Set: ExpressionLowering.set_,
    cst.Dict: ExpressionLowering.dict_,
    cst.ListComp: ExpressionLowering.comprehension,
    cst.SetComp: ExpressionLowering.comprehension,
    cst.DictComp: ExpressionLowering.comprehension,
    cst.GeneratorExp: ExpressionLowering.comprehension,
    cst.Lambda: ExpressionLowering.lambda_,
    cst.Yield: ExpressionLowering.yield_,
    cst.StarredElement: ExpressionLowering.starred,
    cst.Await: ExpressionLowering.await_,
    cst.NamedExpr: ExpressionLowering.walrus,
    cst.Ellipsis: ExpressionLowering.ellipsis,
}
if hasattr(cst, "TemplatedString"):  # t-strings came to LibCST after 1.8.0
    _EXPRESSIONS[cst.TemplatedString] = ExpressionLowering.formatted
