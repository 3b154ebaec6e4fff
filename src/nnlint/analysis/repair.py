"""What would repair a finding, as plain data: which nodes, and what to do with their text.

A rule or event names the nodes; `nnlint.fix` turns a repair into edits once the places are known. In the
texts of steps, ``{0}`` stands for the source text of the first of `parts`, put into parentheses where it
is no atom, and ``{0:arg}`` for the same text where it needs none, as between the commas of a call.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from nnlint.analysis.values import Place

__all__ = [
    "Collect", "Delete", "Feed", "Initialize", "Insert", "Keep", "Keyword", "Rename", "Repair", "Replace",
    "Return", "SafeLog", "Step", "Swap", "Unwrap", "Word",
]  # fmt: skip


class Replace(NamedTuple):
    """Put `text` in place of an expression. whole: of the simple statement it stands in."""

    place: Place
    text: str
    parts: tuple[Place, ...] = ()
    whole: bool = False


class Rename(NamedTuple):
    """Give a name, or the last name of a dotted one, another spelling; of a call, that of its callee.

    name: the new one, or pairs of old and new. imported: only if the dotted name begins with an imported
    one, so that the new name is found there.
    """

    place: Place
    name: str | tuple[tuple[str, str], ...]
    imported: bool = False


class Insert(NamedTuple):
    """A statement before or behind the one a node stands in, or the first one in the body of a function."""

    place: Place
    text: str
    parts: tuple[Place, ...] = ()
    where: Literal["before", "behind", "first"] = "before"


class Keyword(NamedTuple):
    """Set a keyword argument of a call, or take it away if `value` is None.

    made: of the call that makes a layer, where it is applied at once, as in ``Dense(2)(x)``.
    """

    place: Place
    name: str
    value: str | None
    made: bool = False


class Unwrap(NamedTuple):
    """Take an activation away: what was put into it comes out as it is.

    option: the parameter by which a layer was told to apply it, "" for one that is applied by itself.
    """

    place: Place
    option: str = ""


class Word(NamedTuple):
    """In a call or comparison, put a literal in place of another one, which must be there exactly once."""

    place: Place
    old: str | float
    new: str | float


class Swap(NamedTuple):
    """Exchange the first two arguments of a call, or the values of two keywords."""

    place: Place
    keywords: tuple[str, str]


class Feed(NamedTuple):
    """Call with another first argument."""

    place: Place
    name: str


class Keep(NamedTuple):
    """Bind the value of a call that stands alone to the name it was made from: ``x = x.view(-1)``."""

    place: Place


class SafeLog(NamedTuple):
    """Compute the logarithm of a softmax or sigmoid in one step, or keep what it is taken of from zero."""

    place: Place


class Initialize(NamedTuple):
    """Call ``super().__init__()`` first thing in the constructor of a class."""

    place: Place


class Collect(NamedTuple):
    """Put what a class binds to ``self.attribute`` into a container of its framework."""

    place: Place
    attribute: str
    container: str


class Return(NamedTuple):
    """Let a function return what its last statement computes."""

    place: Place


class Delete(NamedTuple):
    """Take away the statement a node stands in."""

    place: Place


Step: TypeAlias = (
    Replace | Rename | Insert | Keyword | Unwrap | Delete | Word | Swap | Feed | Keep | SafeLog | Initialize
    | Collect | Return
)  # fmt: skip


class Repair(NamedTuple):
    """Steps that belong together. message: what they do, as an order ("Call the method").

    safe: the text means for certain what its author meant it to; else most probably.
    """

    message: str
    steps: tuple[Step, ...]
    safe: bool = False
