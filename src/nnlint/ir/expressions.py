"""The node types of expressions; `nodes` holds them together with the statements."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

__all__ = [
    "Attr", "Binary", "Bool", "Call", "Clause", "Comp", "Compare", "Const", "Dict", "Expr", "IfExp",
    "Index", "Lambda", "Literal_", "Name", "Param", "Sequence", "Slice", "Star", "Text", "Unary", "Walrus",
    "Yield",
]  # fmt: skip

Literal_: TypeAlias = "int | float | complex | str | bytes | bool | None"


class Name(NamedTuple):
    """A variable read or, as a target, written."""

    id: int
    name: str


class Const(NamedTuple):
    """A literal; `...` is represented by None with `text` "...", other texts are empty."""

    id: int
    value: Literal_


class Attr(NamedTuple):
    """``value.name``."""

    id: int
    value: Expr
    name: str


class Call(NamedTuple):
    """``func(*args, **keywords)``; a ``**mapping`` is the keyword "**"."""

    id: int
    func: Expr
    args: tuple[Expr, ...]
    keywords: tuple[tuple[str, Expr], ...]


class Index(NamedTuple):
    """``value[items]``."""

    id: int
    value: Expr
    items: tuple[Expr, ...]


class Slice(NamedTuple):
    """``lower:upper:step`` inside an index."""

    id: int
    lower: Expr | None
    upper: Expr | None
    step: Expr | None


class Binary(NamedTuple):
    """``left op right``."""

    id: int
    op: str
    left: Expr
    right: Expr


class Unary(NamedTuple):
    """``op operand``; op is one of - + ~ not."""

    id: int
    op: str
    operand: Expr


class Compare(NamedTuple):
    """``left op right op right …``."""

    id: int
    left: Expr
    ops: tuple[str, ...]
    rights: tuple[Expr, ...]


class Bool(NamedTuple):
    """``left and right`` or ``left or right``."""

    id: int
    op: Literal["and", "or"]
    left: Expr
    right: Expr


class IfExp(NamedTuple):
    """``body if test else orelse``."""

    id: int
    test: Expr
    body: Expr
    orelse: Expr


class Sequence(NamedTuple):
    """A tuple, list or set display."""

    id: int
    kind: Literal["tuple", "list", "set"]
    items: tuple[Expr, ...]


class Dict(NamedTuple):
    """A dict display; the key of ``**mapping`` is None."""

    id: int
    items: tuple[tuple[Expr | None, Expr], ...]


class Clause(NamedTuple):
    """One ``for target in iter if …`` of a comprehension."""

    target: Expr
    iter: Expr
    tests: tuple[Expr, ...]


class Comp(NamedTuple):
    """A comprehension; `key` is there for dict comprehensions only."""

    id: int
    kind: Literal["list", "set", "dict", "generator"]
    key: Expr | None
    element: Expr
    clauses: tuple[Clause, ...]


class Lambda(NamedTuple):
    """``lambda params: body``."""

    id: int
    params: tuple[Param, ...]
    body: Expr


class Text(NamedTuple):
    """An f-string (its inner expressions) or a concatenation that holds one."""

    id: int
    parts: tuple[Expr, ...]


class Star(NamedTuple):
    """``*value`` in a call, a display or a target."""

    id: int
    value: Expr


class Yield(NamedTuple):
    """``yield value`` and ``yield from value``."""

    id: int
    value: Expr | None


class Walrus(NamedTuple):
    """``target := value``."""

    id: int
    target: Name
    value: Expr


class Param(NamedTuple):
    """A parameter.

    kind: "" positional or keyword, "/" positional only, "*" and "**" collect, "k" keyword only.
    """

    id: int
    name: str
    kind: Literal["", "/", "*", "**", "k"]
    default: Expr | None
    annotation: Expr | None


Expr: TypeAlias = (
    Name | Const | Attr | Call | Index | Slice | Binary | Unary | Compare | Bool | IfExp | Sequence | Dict
    | Comp | Lambda | Text | Star | Yield | Walrus
)  # fmt: skip
