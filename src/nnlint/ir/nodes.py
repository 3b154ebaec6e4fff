"""The node types: immutable, picklable named tuples that know nothing of LibCST.

Every node starts with `id`, its number in the walk of the front end. Places in the text are found from
that number, and only for files that have something to report. Nodes compare by content: use the id
wherever identity matters.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from nnlint.ir.expressions import (
    Attr,
    Binary,
    Bool,
    Call,
    Clause,
    Comp,
    Compare,
    Const,
    Dict,
    Expr,
    IfExp,
    Index,
    Lambda,
    Literal_,
    Name,
    Param,
    Sequence,
    Slice,
    Star,
    Text,
    Unary,
    Walrus,
    Yield,
)  # fmt: skip

__all__ = [
    "Assert", "Assign", "Attr", "Aug", "Binary", "Block", "Bool", "Call", "Case", "Class", "Clause", "Comp",
    "Compare", "Const", "Delete", "Dict", "Do", "Expr", "For", "Function", "Handler", "If", "IfExp",
    "Import", "Imported", "Index", "Jump", "Lambda", "Literal_", "Match", "ModuleIR", "Name", "Names",
    "Param", "Raise", "Return", "Scope", "Sequence", "Slice", "Star", "Stmt", "Text", "Try", "Unary",
    "Walrus", "While", "With", "Yield",
]  # fmt: skip

# Statements. `reads` holds the names that a statement's own expressions read, nested blocks left out.


class Assign(NamedTuple):
    """``target = … = value``."""

    id: int
    targets: tuple[Expr, ...]
    value: Expr
    reads: tuple[str, ...]


class Aug(NamedTuple):
    """``target op= value``."""

    id: int
    target: Expr
    op: str
    value: Expr
    reads: tuple[str, ...]


class Do(NamedTuple):
    """An expression as a statement."""

    id: int
    value: Expr
    reads: tuple[str, ...]


class If(NamedTuple):
    """``if test: body else: orelse``."""

    id: int
    test: Expr
    body: Block
    orelse: Block
    reads: tuple[str, ...]


class For(NamedTuple):
    """``for target in iter: body else: orelse``."""

    id: int
    target: Expr
    iter: Expr
    body: Block
    orelse: Block
    reads: tuple[str, ...]


class While(NamedTuple):
    """``while test: body else: orelse``."""

    id: int
    test: Expr
    body: Block
    orelse: Block
    reads: tuple[str, ...]


class With(NamedTuple):
    """``with item as target, …: body``."""

    id: int
    items: tuple[tuple[Expr, Expr | None], ...]
    body: Block
    reads: tuple[str, ...]


class Handler(NamedTuple):
    """``except type as name: body``."""

    id: int
    type: Expr | None
    name: str | None
    body: Block
    reads: tuple[str, ...]


class Try(NamedTuple):
    """``try: body except …: else: orelse finally: final``."""

    id: int
    body: Block
    handlers: tuple[Handler, ...]
    orelse: Block
    final: Block


class Return(NamedTuple):
    """``return value``."""

    id: int
    value: Expr | None
    reads: tuple[str, ...]


class Raise(NamedTuple):
    """``raise value``."""

    id: int
    value: Expr | None
    reads: tuple[str, ...]


class Assert(NamedTuple):
    """``assert test``."""

    id: int
    test: Expr
    reads: tuple[str, ...]


class Jump(NamedTuple):
    """``break`` or ``continue``."""

    id: int
    kind: Literal["break", "continue"]


class Delete(NamedTuple):
    """``del targets``."""

    id: int
    targets: tuple[Expr, ...]
    reads: tuple[str, ...]


class Scope(NamedTuple):
    """``global names`` or ``nonlocal names``."""

    id: int
    kind: Literal["global", "nonlocal"]
    names: tuple[str, ...]


class Imported(NamedTuple):
    """One name an import binds: `local` = the attribute `name` of `module`, or the module if None.

    local "*" binds every public name. level counts the leading dots of a relative import.
    """

    local: str
    module: str
    level: int
    name: str | None


class Import(NamedTuple):
    """Any import statement."""

    id: int
    names: tuple[Imported, ...]


class Names(NamedTuple):
    """What a scope does with names.

    captured: names of this scope that nested functions read (at any later time).
    outer: names declared global or nonlocal. dynamic: calls `locals`, `vars`, `eval` or `exec`.
    """

    stored: frozenset[str]
    captured: frozenset[str]
    outer: frozenset[str]
    dynamic: bool


class Function(NamedTuple):
    """``def name(params): body``."""

    id: int
    name: str
    params: tuple[Param, ...]
    body: Block
    decorators: tuple[Expr, ...]
    names: Names
    generator: bool
    reads: tuple[str, ...]


class Class(NamedTuple):
    """``class name(bases): body``. fields: the names its body annotates, in order (of a dataclass).

    metaclass: the last name of what ``metaclass=`` gives, "?" where that is no name, "" without one.
    """

    id: int
    name: str
    bases: tuple[Expr, ...]
    body: Block
    decorators: tuple[Expr, ...]
    reads: tuple[str, ...]
    fields: tuple[str, ...] = ()
    metaclass: str = ""


class Case(NamedTuple):
    """``case pattern if guard: body``; the pattern is reduced to the names it binds."""

    binds: tuple[Name, ...]
    irrefutable: bool
    guard: Expr | None
    body: Block


class Match(NamedTuple):
    """``match subject: case …``."""

    id: int
    subject: Expr
    cases: tuple[Case, ...]
    reads: tuple[str, ...]


class ModuleIR(NamedTuple):
    """A lowered file. size: the number of nodes."""

    path: str
    body: Block
    names: Names
    size: int


Stmt: TypeAlias = (
    Assign | Aug | Do | If | For | While | With | Try | Return | Raise | Assert | Jump | Delete | Scope
    | Import | Function | Class | Match
)  # fmt: skip
Block: TypeAlias = tuple[Stmt, ...]
