"""What a user is told: plain data, sorted by file and place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

__all__ = ["Applicability", "Diagnostic", "Edit", "Fix", "Position", "Related", "Severity", "Span"]


class Severity(str, Enum):
    """How sure it is that a finding breaks the model: error, warning (probable), info (style)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file; row and column count from 1, columns in Unicode code points."""

    row: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From the first character to just behind the last one."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True, order=True)
class Related:
    """Another place that explains a diagnostic ("softmax is applied here")."""

    path: str
    span: Span
    message: str
    cell: int | None = None


class Applicability(str, Enum):
    """Whether a fix keeps what the author meant for certain (safe) or probably (unsafe)."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """The text of a span, replaced by `content`; an empty span inserts. Rows count in `cell`."""

    span: Span
    content: str
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair of one diagnostic: edits of its own file that belong together, sorted, not overlapping."""

    applicability: Applicability
    message: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One reported mistake.

    path: the file as the user named it. span: rows count inside `cell` for a notebook.
    code, name: of the rule, such as "NN201" and "probabilities-as-logits".
    """

    path: str
    cell: int | None = field(compare=False)
    span: Span
    code: str
    name: str = field(compare=False)
    message: str
    severity: Severity = field(compare=False)
    related: tuple[Related, ...] = field(default=(), compare=False)
    fix: Fix | None = field(default=None, compare=False)

    @property
    def sort_key(self) -> tuple[str, int, Span, str, str]:
        """File, then notebook cell, then place, then code."""
        return (self.path, self.cell or 0, self.span, self.code, self.message)
