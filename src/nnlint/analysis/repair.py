"""What would repair a finding, as plain data: which nodes, and what to do with their text.

A rule or event names the nodes; `nnlint.fix` turns a repair into edits once the places are known. In the
texts of steps, ``{0}`` stands for the source text of the first of `parts`, put into parentheses where it
is no atom, and ``{0:arg}`` for the same text where it needs none, as between the commas of a call.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from nnlint.analysis.values import Place

__all__ = ["Delete", "Insert", "Keyword", "Rename", "Repair", "Replace", "Step", "Unwrap"]


class Replace(NamedTuple):
    """Put `text` in place of an expression. whole: of the simple statement it stands in."""

    place: Place
    text: str
    parts: tuple[Place, ...] = ()
    whole: bool = False


class Rename(NamedTuple):
    """Give a name, or the last name of a dotted one, another spelling; of a call, that of its callee."""

    place: Place
    name: str


class Insert(NamedTuple):
    """A statement before or behind the one a node stands in, or the first one in the body of a function."""

    place: Place
    text: str
    parts: tuple[Place, ...] = ()
    where: Literal["before", "behind", "first"] = "before"


class Keyword(NamedTuple):
    """Set a keyword argument of a call, or take it away if `value` is None."""

    place: Place
    name: str
    value: str | None


class Unwrap(NamedTuple):
    """Take an activation away: what was put into it comes out as it is."""

    place: Place


class Delete(NamedTuple):
    """Take away the statement a node stands in."""

    place: Place


Step: TypeAlias = Replace | Rename | Insert | Keyword | Unwrap | Delete


class Repair(NamedTuple):
    """Steps that belong together. message: what they do, as an order ("Call the method").

    safe: the text means for certain what its author meant it to; else most probably.
    """

    message: str
    steps: tuple[Step, ...]
    safe: bool = False
