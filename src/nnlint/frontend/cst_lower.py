"""LibCST to IR in one walk.

The walk reads only the fields that carry meaning, so that it costs a fraction of the parse. Node numbers
follow the order of the walk: lowering the same text twice, here or in `ast_lower`, gives the same numbers,
which is how `spans` finds the place of a node later. With ``record=True`` it keeps the concrete nodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import libcst as cst

from nnlint.frontend.cst_expressions import ExpressionLowering, is_plain
from nnlint.frontend.numbering import LONGEST_CHAIN
from nnlint.frontend.scopes import ScopeBuilder
from nnlint.ir import nodes as ir

__all__ = ["lower", "lower_part", "lower_recording"]

_Reads = tuple[str, ...]


def lower(module: cst.Module, path: str) -> ir.ModuleIR:
    """The IR of a parsed file."""
    return _Lowering(False).module(module, path)


def lower_part(module: cst.Module, first: int) -> ir.ModuleIR:
    """The IR of some statements of a file, numbered from `first` on; `size` counts only these nodes."""
    walk = _Lowering(False)
    walk.count = first
    code = walk.module(module, "")
    return code._replace(size=code.size - first)


def lower_recording(module: cst.Module) -> list[cst.CSTNode]:
    """The concrete nodes of a file by the number of the IR node they became."""
    walk = _Lowering(True)
    walk.module(module, "")
    return walk.recorded


class _Lowering(ExpressionLowering):
    """Statements."""

    def module(self, module: cst.Module, path: str) -> ir.ModuleIR:
        body = self.block(module.body)
        return ir.ModuleIR(path, body, self.scope.finish(), self.count)

    def block(self, statements: Sequence[Any]) -> ir.Block:
        found: list[ir.Stmt] = []
        table = _STATEMENTS
        for statement in statements:
            if type(statement) is cst.SimpleStatementLine:
                for small in statement.body:
                    lowered = table[type(small)](self, small)
                    if lowered is not None:
                        found.append(lowered)
            else:
                found.append(table[type(statement)](self, statement))
        return tuple(found)

    def suite(self, suite: Any) -> ir.Block:
        """An indented block, or the statements behind the colon."""
        if type(suite) is cst.IndentedBlock:
            return self.block(suite.body)
        lowered = (_STATEMENTS[type(small)](self, small) for small in suite.body)
        return tuple(statement for statement in lowered if statement is not None)

    def assign(self, node: cst.Assign) -> ir.Stmt:
        number = self.number(node)
        value = self.expr(node.value)
        targets = tuple(self.target(target.target) for target in node.targets)
        return ir.Assign(number, targets, value, self.take_reads())

    def annotated(self, node: cst.AnnAssign) -> ir.Stmt | None:
        if node.value is None:
            return None
        number = self.number(node)
        value = self.expr(node.value)
        return ir.Assign(number, (self.target(node.target),), value, self.take_reads())

    def augmented(self, node: cst.AugAssign) -> ir.Stmt:
        number = self.number(node)
        value = self.expr(node.value)
        target = self.target(node.target)
        if type(target) is ir.Name:
            self.load(target.name)
        operator = type(node.operator).__name__.removesuffix("Assign")
        return ir.Aug(number, target, _AUGMENTED[operator], value, self.take_reads())

    def do(self, node: cst.Expr) -> ir.Stmt | None:
        if isinstance(node.value, cst.Ellipsis) or is_plain(node.value):
            return None
        number = self.number(node)
        return ir.Do(number, self.expr(node.value), self.take_reads())

    def return_(self, node: cst.Return) -> ir.Stmt:
        number = self.number(node)
        value = None if node.value is None else self.expr(node.value)
        return ir.Return(number, value, self.take_reads())

    def raise_(self, node: cst.Raise) -> ir.Stmt:
        number = self.number(node)
        value = None if node.exc is None else self.expr(node.exc)
        if node.cause is not None:
            self.expr(node.cause.item)
        return ir.Raise(number, value, self.take_reads())

    def assert_(self, node: cst.Assert) -> ir.Stmt:
        number = self.number(node)
        test = self.expr(node.test)
        if node.msg is not None:
            self.expr(node.msg)
        return ir.Assert(number, test, self.take_reads())

    def jump(self, node: cst.Break | cst.Continue) -> ir.Stmt:
        return ir.Jump(self.number(node), "break" if type(node) is cst.Break else "continue")

    def delete(self, node: cst.Del) -> ir.Stmt:
        number = self.number(node)
        several = node.target.elements if isinstance(node.target, (cst.Tuple, cst.List)) else (node.target,)
        targets = tuple(self.target(each, store=False) for each in several)
        return ir.Delete(number, targets, self.take_reads())

    def scope_names(self, node: cst.Global | cst.Nonlocal) -> ir.Stmt:
        names = tuple(item.name.value for item in node.names)
        self.scope.outer.update(names)
        return ir.Scope(self.number(node), "global" if type(node) is cst.Global else "nonlocal", names)

    def import_(self, node: cst.Import) -> ir.Stmt:
        number = self.number(node)
        names = []
        for alias in node.names:
            dotted = _dotted(alias.name)
            if alias.asname is None:
                names.append(ir.Imported(dotted.partition(".")[0], dotted.partition(".")[0], 0, None))
                if "." in dotted:
                    names.append(ir.Imported("", dotted, 0, None))
            else:
                names.append(ir.Imported(_dotted(alias.asname.name), dotted, 0, None))
        self.scope.stored.update(name.local for name in names)
        return ir.Import(number, tuple(names))

    def import_from(self, node: cst.ImportFrom) -> ir.Stmt:
        number = self.number(node)
        module = "" if node.module is None else _dotted(node.module)
        level = len(node.relative)
        if isinstance(node.names, cst.ImportStar):
            return ir.Import(number, (ir.Imported("*", module, level, None),))
        names = []
        for alias in node.names:
            name = _dotted(alias.name)
            local = name if alias.asname is None else _dotted(alias.asname.name)
            names.append(ir.Imported(local, module, level, name))
        self.scope.stored.update(name.local for name in names)
        return ir.Import(number, tuple(names))

    def if_(self, node: cst.If, place: int = 0) -> ir.Stmt:
        """place: how many arms of its chain stand before it."""
        number = self.number(node)
        test = self.expr(node.test)
        reads = self.take_reads()
        body = self.suite(node.body)
        after = node.orelse
        if isinstance(after, cst.If):
            rest = self.if_(after, place + 1) if place < LONGEST_CHAIN else self.choice(after)
            return ir.If(number, test, body, (rest,), reads)
        return ir.If(number, test, body, () if after is None else self.suite(after.body), reads)

    def choice(self, node: cst.If) -> ir.Stmt:
        """The rest of a long chain."""
        first = self.count
        cases: list[ir.Case] = []
        reads: list[str] = []
        arm: cst.If | cst.Else | None = node
        while isinstance(arm, cst.If):
            self.number(arm)
            test = self.expr(arm.test)
            reads += self.take_reads()
            cases.append(ir.Case((), False, test, self.suite(arm.body)))
            arm = arm.orelse
        if arm is not None:
            cases.append(ir.Case((), True, None, self.suite(arm.body)))
        return ir.Match(first, ir.Const(first, None), tuple(cases), tuple(reads))

    def for_(self, node: cst.For) -> ir.Stmt:
        number = self.number(node)
        iterated = self.expr(node.iter)
        target = self.target(node.target)
        reads = self.take_reads()
        body = self.suite(node.body)
        orelse = () if node.orelse is None else self.suite(node.orelse.body)
        return ir.For(number, target, iterated, body, orelse, reads)

    def while_(self, node: cst.While) -> ir.Stmt:
        number = self.number(node)
        test = self.expr(node.test)
        reads = self.take_reads()
        body = self.suite(node.body)
        orelse = () if node.orelse is None else self.suite(node.orelse.body)
        return ir.While(number, test, body, orelse, reads)

    def with_(self, node: cst.With) -> ir.Stmt:
        number = self.number(node)
        items = []
        for item in node.items:
            value = self.expr(item.item)
            items.append((value, None if item.asname is None else self.target(item.asname.name)))
        reads = self.take_reads()
        return ir.With(number, tuple(items), self.suite(node.body), reads)

    def try_(self, node: cst.Try | cst.TryStar) -> ir.Stmt:
        number = self.number(node)
        body = self.suite(node.body)
        handlers = tuple(self.handler(handler) for handler in node.handlers)
        orelse = () if node.orelse is None else self.suite(node.orelse.body)
        final = () if node.finalbody is None else self.suite(node.finalbody.body)
        return ir.Try(number, body, handlers, orelse, final)

    def handler(self, node: cst.ExceptHandler | cst.ExceptStarHandler) -> ir.Handler:
        number = self.number(node)
        kind = None if node.type is None else self.expr(node.type)
        name = None
        if node.name is not None:
            bound = self.target(node.name.name)
            name = bound.name if type(bound) is ir.Name else None
        reads = self.take_reads()
        return ir.Handler(number, kind, name, self.suite(node.body), reads)

    def match(self, node: cst.Match) -> ir.Stmt:
        number = self.number(node)
        subject = self.expr(node.subject)
        guards: list[str] = []
        reads = self.take_reads()
        cases = tuple(self.case(case, guards) for case in node.cases)
        return ir.Match(number, subject, cases, (*reads, *guards))

    def case(self, node: cst.MatchCase, guards: list[str]) -> ir.Case:
        binds = tuple(ir.Name(self.number(name), name.value) for name in _bound(node.pattern))
        self.scope.stored.update(name.name for name in binds)
        guard = None if node.guard is None else self.expr(node.guard)
        guards += self.take_reads()
        irrefutable = isinstance(node.pattern, cst.MatchAs) and node.pattern.pattern is None and guard is None
        return ir.Case(binds, irrefutable, guard, self.suite(node.body))

    def function(self, node: cst.FunctionDef) -> ir.Stmt:
        number = self.number(node)
        self.scope.stored.add(node.name.value)
        decorators = tuple(self.expr(decorator.decorator) for decorator in node.decorators)
        params = self.params(node.params)
        reads = self.take_reads()
        parent, self.scope = self.scope, ScopeBuilder()
        self.scope.stored.update(param.name for param in params)
        body = self.suite(node.body)
        scope, self.scope = self.scope, parent
        scope.close_into(parent)
        names = scope.finish()
        return ir.Function(number, node.name.value, params, body, decorators, names, scope.generator, reads)

    def class_(self, node: cst.ClassDef) -> ir.Stmt:
        number = self.number(node)
        self.scope.stored.add(node.name.value)
        decorators = tuple(self.expr(decorator.decorator) for decorator in node.decorators)
        bases = tuple(self.expr(base.value) for base in node.bases)
        for keyword in node.keywords:
            self.expr(keyword.value)
        reads = self.take_reads()
        parent, self.scope = self.scope, ScopeBuilder()
        body = self.suite(node.body)
        scope, self.scope = self.scope, parent
        parent.captured |= scope.loaded | scope.captured
        return ir.Class(
            number, node.name.value, bases, body, decorators, reads, _annotated(node), _metaclass(node)
        )


def _metaclass(node: cst.ClassDef) -> str:
    """The last name of the metaclass of a class."""
    for keyword in node.keywords:
        if keyword.keyword is not None and keyword.keyword.value == "metaclass":
            named = keyword.value.attr if isinstance(keyword.value, cst.Attribute) else keyword.value
            return named.value if isinstance(named, cst.Name) else "?"
    return ""


def _bound(pattern: Any) -> Iterator[cst.Name]:
    """The names a `case` pattern binds."""
    name = pattern.rest if type(pattern) is cst.MatchMapping else getattr(pattern, "name", None)
    if type(name) is cst.Name:
        yield name
    for part in ("pattern", "patterns", "elements", "kwds"):
        inner = getattr(pattern, part, None) or ()
        for each in inner if isinstance(inner, (list, tuple)) else (inner,):
            yield from _bound(each.value if type(each) is cst.MatchSequenceElement else each)


def _annotated(node: cst.ClassDef) -> tuple[str, ...]:
    """The names that a class body annotates."""
    lines = [line.body for line in node.body.body if isinstance(line, cst.SimpleStatementLine)]
    small = node.body.body if isinstance(node.body, cst.SimpleStatementSuite) else chain.from_iterable(lines)
    return tuple(
        each.target.value
        for each in small
        if isinstance(each, cst.AnnAssign) and isinstance(each.target, cst.Name)
    )


def _dotted(node: cst.CSTNode) -> str:
    """``a.b.c`` as text."""
    if isinstance(node, cst.Attribute):
        return f"{_dotted(node.value)}.{node.attr.value}"
    return node.value if isinstance(node, cst.Name) else ""


def _nothing(_walk: _Lowering, _node: cst.CSTNode) -> None:
    return None


_AUGMENTED = {
    "Add": "+", "Subtract": "-", "Multiply": "*", "Divide": "/", "FloorDivide": "//", "Modulo": "%",
    "Power": "**", "MatrixMultiply": "@", "BitAnd": "&", "BitOr": "|", "BitXor": "^", "LeftShift": "<<",
    "RightShift": ">>",
}  # fmt: skip

_STATEMENTS: dict[type, Any] = {
    cst.Assign: _Lowering.assign,
    cst.AnnAssign: _Lowering.annotated,
    cst.AugAssign: _Lowering.augmented,
    cst.Expr: _Lowering.do,
    cst.Return: _Lowering.return_,
    cst.Raise: _Lowering.raise_,
    cst.Assert: _Lowering.assert_,
    cst.Break: _Lowering.jump,
    cst.Continue: _Lowering.jump,
    cst.Del: _Lowering.delete,
    cst.Global: _Lowering.scope_names,
    cst.Nonlocal: _Lowering.scope_names,
    cst.Import: _Lowering.import_,
    cst.ImportFrom: _Lowering.import_from,
    cst.Pass: _nothing,
    cst.TypeAlias: _nothing,
    cst.If: _Lowering.if_,
    cst.For: _Lowering.for_,
    cst.While: _Lowering.while_,
    cst.With: _Lowering.with_,
    cst.Try: _Lowering.try_,
    cst.TryStar: _Lowering.try_,
    cst.Match: _Lowering.match,
    cst.FunctionDef: _Lowering.function,
    cst.ClassDef: _Lowering.class_,
}
