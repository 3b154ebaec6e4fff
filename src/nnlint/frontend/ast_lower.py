"""Python's own parser to IR: a tenth of what LibCST's costs, for texts that nobody has to find a place in.

The IR is the one that `cst_lower` makes, number for number, so that a node found here is found there. What
this reading does not know or the running Python refuses is left to LibCST, which has the last word.
"""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any

from nnlint.frontend.ast_expressions import BINARY, AstExpressions
from nnlint.frontend.numbering import LONGEST_CHAIN
from nnlint.frontend.scopes import ScopeBuilder
from nnlint.ir import nodes as ir

__all__ = ["lower_quickly"]

_FOREIGN = re.compile(r"(?<!\w)\w*[^\W\x00-\x7f]\w*")
_CODE = re.compile(
    r"#[^\n]*"
    r"|'''(?:[^\\]|\\[\s\S])*?'''"
    r'|"""(?:[^\\]|\\[\s\S])*?"""'
    r"|'(?:[^'\\\n]|\\[\s\S])*'"
    r'|"(?:[^"\\\n]|\\[\s\S])*"'
    r"|(?<!\w)(\w*[^\W\x00-\x7f]\w*)"
)
"""Comments, strings and, as its group, words with other letters outside them."""
_turn = Lock()
"""The filters for warnings are one for all threads."""


def lower_quickly(text: str, path: str, first: int = 0) -> ir.ModuleIR | None:
    """The IR of a text, numbered from `first` on; None where LibCST has to read it.

    size counts only these nodes. Raises RecursionError where a text nests too deeply for either reading:
    LibCST's takes minutes over such texts, or overflows the stack and ends the process.
    """
    if not text.isascii() and _renames(text):
        return None
    try:
        with _turn, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        walk = _Lowering(text)
        walk.count = first
        body = walk.block(tree.body)
    except (SyntaxError, ValueError, KeyError):
        return None
    except MemoryError:  # so the parser says it
        raise RecursionError from None
    return ir.ModuleIR(path, body, walk.scope.finish(), walk.count - first)


def _renames(text: str) -> bool:
    """Whether Python would read a name of the text as another one: it normalises names, LibCST does not."""
    if text.isascii() or all(unicodedata.is_normalized("NFKC", word) for word in _FOREIGN.findall(text)):
        return False
    return not all(unicodedata.is_normalized("NFKC", word) for word in _CODE.findall(text))


class _Lowering(AstExpressions):
    """Statements."""

    def block(self, statements: Sequence[ast.stmt]) -> ir.Block:
        table = _STATEMENTS
        found = [table[type(statement)](self, statement) for statement in statements]
        return tuple([statement for statement in found if statement is not None])

    def assign(self, node: ast.Assign) -> ir.Stmt:
        number = self.next()
        value = self.expr(node.value)
        targets = tuple([self.target(target) for target in node.targets])
        return ir.Assign(number, targets, value, self.take_reads())

    def annotated(self, node: ast.AnnAssign) -> ir.Stmt | None:
        if node.value is None:
            return None
        number = self.next()
        value = self.expr(node.value)
        return ir.Assign(number, (self.target(node.target),), value, self.take_reads())

    def augmented(self, node: ast.AugAssign) -> ir.Stmt:
        number = self.next()
        value = self.expr(node.value)
        target = self.target(node.target)
        if type(target) is ir.Name:
            self.load(target.name)
        return ir.Aug(number, target, BINARY[type(node.op)], value, self.take_reads())

    def do(self, node: ast.Expr) -> ir.Stmt | None:
        if type(node.value) is ast.Constant and (
            isinstance(node.value.value, (str, bytes)) or node.value.value is ...
        ):
            return None
        number = self.next()
        return ir.Do(number, self.expr(node.value), self.take_reads())

    def return_(self, node: ast.Return) -> ir.Stmt:
        number = self.next()
        value = None if node.value is None else self.expr(node.value)
        return ir.Return(number, value, self.take_reads())

    def raise_(self, node: ast.Raise) -> ir.Stmt:
        number = self.next()
        value = None if node.exc is None else self.expr(node.exc)
        if node.cause is not None:
            self.expr(node.cause)
        return ir.Raise(number, value, self.take_reads())

    def assert_(self, node: ast.Assert) -> ir.Stmt:
        number = self.next()
        test = self.expr(node.test)
        if node.msg is not None:
            self.expr(node.msg)
        return ir.Assert(number, test, self.take_reads())

    def jump(self, node: ast.Break | ast.Continue) -> ir.Stmt:
        return ir.Jump(self.next(), "break" if type(node) is ast.Break else "continue")

    def delete(self, node: ast.Delete) -> ir.Stmt:
        number = self.next()
        targets = node.targets
        if len(targets) == 1 and isinstance(targets[0], (ast.Tuple, ast.List)):
            targets = targets[0].elts
        return ir.Delete(number, tuple([self.deleted(target) for target in targets]), self.take_reads())

    def deleted(self, node: ast.expr) -> ir.Expr:
        """A name goes away here, it is neither read nor stored."""
        if type(node) is ast.Name:
            return ir.Name(self.next(), node.id)
        if isinstance(node, (ast.Tuple, ast.List)):
            number = self.next()
            return ir.Sequence(number, "tuple", tuple([self.deleted(each) for each in node.elts]))
        return self.expr(node)

    def scope_names(self, node: ast.Global | ast.Nonlocal) -> ir.Stmt:
        names = tuple(node.names)
        self.scope.outer.update(names)
        return ir.Scope(self.next(), "global" if type(node) is ast.Global else "nonlocal", names)

    def import_(self, node: ast.Import) -> ir.Stmt:
        number = self.next()
        names = []
        for alias in node.names:
            top = alias.name.partition(".")[0]
            if alias.asname is not None:
                names.append(ir.Imported(alias.asname, alias.name, 0, None))
            else:
                names.append(ir.Imported(top, top, 0, None))
                if top != alias.name:
                    names.append(ir.Imported("", alias.name, 0, None))
        self.scope.stored.update(name.local for name in names)
        return ir.Import(number, tuple(names))

    def import_from(self, node: ast.ImportFrom) -> ir.Stmt:
        number = self.next()
        module, level = node.module or "", node.level
        if node.names[0].name == "*":
            return ir.Import(number, (ir.Imported("*", module, level, None),))
        names = [ir.Imported(each.asname or each.name, module, level, each.name) for each in node.names]
        self.scope.stored.update(name.local for name in names)
        return ir.Import(number, tuple(names))

    def if_(self, node: ast.If, place: int = 0) -> ir.Stmt:
        """place: how many arms of its chain stand before it."""
        number = self.next()
        test = self.expr(node.test)
        reads = self.take_reads()
        body = self.block(node.body)
        after = _elif(node)
        if after is None:
            return ir.If(number, test, body, self.block(node.orelse), reads)
        rest = self.if_(after, place + 1) if place < LONGEST_CHAIN else self.choice(after)
        return ir.If(number, test, body, (rest,), reads)

    def choice(self, node: ast.If) -> ir.Stmt:
        """The rest of a long chain."""
        number = self.count
        cases: list[ir.Case] = []
        reads: list[str] = []
        arm: ast.If | None = node
        while arm is not None:
            self.next()
            test = self.expr(arm.test)
            reads += self.take_reads()
            cases.append(ir.Case((), False, test, self.block(arm.body)))
            node, arm = arm, _elif(arm)
        if node.orelse:
            cases.append(ir.Case((), True, None, self.block(node.orelse)))
        return ir.Match(number, ir.Const(number, None), tuple(cases), tuple(reads))

    def for_(self, node: ast.For | ast.AsyncFor) -> ir.Stmt:
        number = self.next()
        iterated = self.expr(node.iter)
        target = self.target(node.target)
        reads = self.take_reads()
        body = self.block(node.body)
        return ir.For(number, target, iterated, body, self.block(node.orelse), reads)

    def while_(self, node: ast.While) -> ir.Stmt:
        number = self.next()
        test = self.expr(node.test)
        reads = self.take_reads()
        body = self.block(node.body)
        return ir.While(number, test, body, self.block(node.orelse), reads)

    def with_(self, node: ast.With | ast.AsyncWith) -> ir.Stmt:
        number = self.next()
        items = []
        for item in node.items:
            value = self.expr(item.context_expr)
            items.append((value, None if item.optional_vars is None else self.target(item.optional_vars)))
        reads = self.take_reads()
        return ir.With(number, tuple(items), self.block(node.body), reads)

    def try_(self, node: Any) -> ir.Stmt:
        number = self.next()
        body = self.block(node.body)
        handlers = tuple([self.handler(handler) for handler in node.handlers])
        orelse = self.block(node.orelse)
        return ir.Try(number, body, handlers, orelse, self.block(node.finalbody))

    def handler(self, node: ast.ExceptHandler) -> ir.Handler:
        number = self.next()
        kind = None if node.type is None else self.expr(node.type)
        if node.name is not None:
            self.next()
            self.scope.stored.add(node.name)
        reads = self.take_reads()
        return ir.Handler(number, kind, node.name, self.block(node.body), reads)

    def match(self, node: ast.Match) -> ir.Stmt:
        number = self.next()
        subject = self.expr(node.subject)
        guards: list[str] = []
        reads = self.take_reads()
        cases = tuple([self.case(case, guards) for case in node.cases])
        return ir.Match(number, subject, cases, (*reads, *guards))

    def case(self, node: ast.match_case, guards: list[str]) -> ir.Case:
        binds = tuple([ir.Name(self.next(), name) for name in _bound(node.pattern)])
        self.scope.stored.update(name.name for name in binds)
        guard = None if node.guard is None else self.expr(node.guard)
        guards += self.take_reads()
        irrefutable = type(node.pattern) is ast.MatchAs and node.pattern.pattern is None and guard is None
        return ir.Case(binds, irrefutable, guard, self.block(node.body))

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ir.Stmt:
        number = self.next()
        self.scope.stored.add(node.name)
        decorators = tuple([self.expr(decorator) for decorator in node.decorator_list])
        params = self.params(node.args)
        reads = self.take_reads()
        parent, self.scope = self.scope, ScopeBuilder()
        self.scope.stored.update(param.name for param in params)
        body = self.block(node.body)
        scope, self.scope = self.scope, parent
        scope.close_into(parent)
        names = scope.finish()
        return ir.Function(number, node.name, params, body, decorators, names, scope.generator, reads)

    def class_(self, node: ast.ClassDef) -> ir.Stmt:
        number = self.next()
        self.scope.stored.add(node.name)
        decorators = tuple([self.expr(decorator) for decorator in node.decorator_list])
        bases = tuple([self.expr(base.value if type(base) is ast.Starred else base) for base in node.bases])
        for keyword in node.keywords:
            self.expr(keyword.value)
        reads = self.take_reads()
        parent, self.scope = self.scope, ScopeBuilder()
        body = self.block(node.body)
        scope, self.scope = self.scope, parent
        parent.captured |= scope.loaded | scope.captured
        annotated = [each.target for each in node.body if type(each) is ast.AnnAssign]
        fields = tuple([each.id for each in annotated if type(each) is ast.Name])
        return ir.Class(number, node.name, bases, body, decorators, reads, fields, _metaclass(node))


def _elif(node: ast.If) -> ast.If | None:
    """The `elif` behind an arm; an `if` inside an `else` begins further to the right."""
    after = node.orelse[0] if node.orelse else None
    return after if type(after) is ast.If and after.col_offset == node.col_offset else None


def _metaclass(node: ast.ClassDef) -> str:
    """The last name of the metaclass of a class."""
    for keyword in node.keywords:
        if keyword.arg == "metaclass":
            if isinstance(keyword.value, ast.Attribute):
                return keyword.value.attr
            return keyword.value.id if isinstance(keyword.value, ast.Name) else "?"
    return ""


def _bound(pattern: Any) -> Iterator[str]:
    """The names a `case` pattern binds."""
    name = getattr(pattern, "rest" if type(pattern) is ast.MatchMapping else "name", None)
    if name is not None:
        yield name
    inner = getattr(pattern, "pattern", None)
    if inner is not None:
        yield from _bound(inner)
    for part in ("patterns", "kwd_patterns"):
        for each in getattr(pattern, part, ()):
            yield from _bound(each)


def _nothing(_walk: _Lowering, _node: ast.stmt) -> None:
    return None


_STATEMENTS: dict[type, Any] = {
    ast.Assign: _Lowering.assign,
    ast.AnnAssign: _Lowering.annotated,
    ast.AugAssign: _Lowering.augmented,
    ast.Expr: _Lowering.do,
    ast.Return: _Lowering.return_,
    ast.Raise: _Lowering.raise_,
    ast.Assert: _Lowering.assert_,
    ast.Break: _Lowering.jump,
    ast.Continue: _Lowering.jump,
    ast.Delete: _Lowering.delete,
    ast.Global: _Lowering.scope_names,
    ast.Nonlocal: _Lowering.scope_names,
    ast.Import: _Lowering.import_,
    ast.ImportFrom: _Lowering.import_from,
    ast.Pass: _nothing,
    ast.If: _Lowering.if_,
    ast.For: _Lowering.for_,
    ast.AsyncFor: _Lowering.for_,
    ast.While: _Lowering.while_,
    ast.With: _Lowering.with_,
    ast.AsyncWith: _Lowering.with_,
    ast.Try: _Lowering.try_,
    ast.Match: _Lowering.match,
    ast.FunctionDef: _Lowering.function,
    ast.AsyncFunctionDef: _Lowering.function,
    ast.ClassDef: _Lowering.class_,
}
for _newer, _lowering in (("TryStar", _Lowering.try_), ("TypeAlias", _nothing)):  # since Python 3.11 and 3.12
    if hasattr(ast, _newer):
        _STATEMENTS[getattr(ast, _newer)] = _lowering
