"""What values mean.

    Value ─┬─ Unknown                 nothing is known; rules stay silent on it
           ├─ Constant                a literal
           ├─ Tensor                  any array: what its numbers mean, what made it, where its data come from
           ├─ Tuple                   a known, fixed sequence
           ├─ OneOf                   a few objects that paths disagree on
           ├─ External                a dotted name of code outside the project
           ├─ Method, Partial, Super  callables bound to something
           └─ Obj ─┬─ List, Mapping   containers that change
                   ├─ Function, Class, Instance, Module      the project's own
                   └─ Built           what a known constructor of a framework made

Frozen values compare by content. Objects (`Obj`) compare by identity; what is known of their state lies
in `attrs`, which only `State.set` writes, so that branches can be undone and joined.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from nnlint.analysis.sealed import sealed
from nnlint.analysis.shapes import Shape
from nnlint.ir import nodes as ir
from nnlint.knowledge.spec import Entry, Scale

__all__ = [
    "NONE", "UNKNOWN", "Built", "Class", "Columns", "Constant", "External", "Fitted", "Function", "Instance",
    "Later", "Lazy", "List", "Mapping", "Measure", "Method", "Module", "Obj", "OneOf", "Origin",
    "Parameters", "Partial", "Place", "Provenance", "Rows", "ScopeDefaults", "Split", "Step", "Super",
    "Tensor", "Tuple", "Unknown", "Value",
]  # fmt: skip


class Place(NamedTuple):
    """A node of a file."""

    path: str
    node: int


class Origin(NamedTuple):
    """A place that made a value what it is, with the words a report says about it."""

    place: Place
    text: str


class Value:
    """Base of all meanings."""

    __slots__ = ()


@sealed(frozen=True, slots=True)
class Unknown(Value):
    """Nothing is known. `place` still tells whether two unknown values are the same one."""

    place: Place | None = None


@sealed(frozen=True, slots=True)
class Constant(Value):
    """A literal."""

    value: ir.Literal_


class Rows(NamedTuple):
    """A choice of rows of a table or array.

    kind: "head", "tail", "train", "test", "part" or "some". key: what was cut where; "head" and "tail" with
    the same key, like "train" and "test", have no row in common.
    """

    kind: str
    key: object


class Columns(NamedTuple):
    """The columns a table has: just those named, or all of the original's except those named.

    added: those written since, which what was taken of the table before need not have. of: the columns of the
    table in which `names` are places, as an index spells them (``-1``, ``1:``); None for names.
    """

    names: frozenset[str]
    only: bool
    added: frozenset[str] = frozenset()
    of: Columns | None = None


class Split(NamedTuple):
    """A division of data: where it happened and what was divided."""

    place: Place
    root: Place | None


class Step(NamedTuple):
    """A transformation that data went through.

    kind: the estimator's kind ("scaler", …) or "arithmetic". name: as shown to the user.
    estimator: serial number of the fitted object, 0 for none. fitted: the role of the data it learnt from.
    rows: the choice of rows it learnt from, None where that is not known. columns: those it changed, None for
    all. of: what a home-made transformation took its statistic from. about: the column it is a statistic of.
    """

    place: Place
    kind: str
    name: str
    estimator: int
    fitted: str
    stateless: bool
    labels: bool
    root: Place | None = None
    rows: tuple[Rows, ...] | None = None
    columns: frozenset[str] | None = None
    of: Place | None = None
    about: str = ""


class Provenance(NamedTuple):
    """Where data come from.

    root: where the original was read or made. role: "all", "train", "test" or "validation".
    part: "x" samples, "y" labels, "p" predictions, "" unknown or both.
    split: the division that gave the role.
    rows: which rows of the original are left, choice by choice. hint: the role that the name of a file or
    variable gives to a whole original. columns: None where they are not known. order: the shuffles gone
    through. raw: pixels from 0 to 255. timed: rows follow each other in time, and where that shows.
    """

    root: Place | None
    role: str
    part: str
    split: Split | None
    steps: tuple[Step, ...] = ()
    rows: tuple[Rows, ...] = ()
    hint: str = ""
    columns: Columns | None = None
    order: tuple[object, ...] = ()
    raw: bool = False
    timed: Place | None = None


class Measure(NamedTuple):
    """That a tensor is the value of a loss or score. sign: +1 as computed, -1 negated, 0 mixed."""

    name: str
    place: Place
    sign: int
    score: bool
    pure: bool
    cut: Origin | None = None
    """Where a term of it was detached."""
    unreduced: Origin | None = None
    """Where it was computed with one value per sample."""


@sealed(frozen=True, slots=True)
class Tensor(Value):
    """An array or tensor.

    place: where it was produced. scale, function, because: what its numbers mean, the activation that
    made them so, and where. made: "layer", "activation", "loss", "op", "data" or "" (not known), and by:
    the name of what made it. units: size of the class axis, where literal; axis: which axis that is
    ("last" or "first" behind the batch). shifted: an epsilon or clip keeps it away from zero.
    rectified: where the scores of a softmax were cut off at zero before it.
    attached: False once it is cut off from the graph. shape: its sizes, as far as they are known.
    option: the parameter by which a layer was told to apply the activation, "" if it was not by one.
    """

    place: Place | None = None
    scale: Scale = Scale.UNKNOWN
    function: str = ""
    because: tuple[Origin, ...] = ()
    made: str = ""
    by: str = ""
    units: int | None = None
    axis: str = "last"
    shifted: bool = False
    rectified: Origin | None = None
    attached: bool | None = None
    measure: Measure | None = None
    data: Provenance | None = None
    shape: Shape | None = None
    option: str = ""


@sealed(frozen=True, slots=True)
class Tuple(Value):
    """A sequence whose items are known."""

    items: tuple[Value, ...]


@sealed(frozen=True, slots=True)
class Parameters(Value):
    """What ``model.parameters()`` gives: a generator, made at `place`, that can be gone through once."""

    place: Place


@sealed(frozen=True, slots=True)
class OneOf(Value):
    """One of a few objects, depending on the path taken."""

    options: tuple[Value, ...]


@sealed(frozen=True, slots=True)
class External(Value):
    """A name of code outside the project, in canonical spelling; `text` is how the user reaches it."""

    name: str


@sealed(frozen=True, slots=True)
class Method(Value):
    """A function or framework method bound to a receiver. name: canonical name of a framework method."""

    receiver: Value
    function: Function | None = None
    name: str = ""


@sealed(frozen=True, slots=True)
class Partial(Value):
    """`functools.partial`."""

    function: Value
    args: tuple[Value, ...]
    keywords: tuple[tuple[str, Value], ...]


@sealed(frozen=True, slots=True)
class Super(Value):
    """`super()` inside a method: look-ups start behind `owner`."""

    owner: Class
    receiver: Value


@sealed(frozen=True, slots=True)
class ScopeDefaults(Value):
    """An entered or stored `arg_scope`: defaults by canonical function name; None: not known."""

    defaults: tuple[tuple[str, tuple[tuple[str, Value], ...]], ...] | None


@sealed(frozen=True, slots=True)
class Lazy(Value):
    """A name imported from a first-party module that has not been needed yet."""

    importer: str
    imported: ir.Imported


@dataclass(eq=False, slots=True)
class Later(Value):
    """A method of an imported class that has not been needed yet; `define` tells what it is."""

    node: ir.Function
    define: Callable[[Later], Value]
    made: Value | None = None


@sealed(frozen=True, slots=True)
class Fitted(Value):
    """What an estimator learnt from.

    target: its labels. validation, watched: the data it was validated on, and the place of what chooses
    by that (early stopping, checkpoints). names: how the code spells its data.
    """

    data: Provenance | None
    place: Place
    target: Provenance | None = None
    validation: Provenance | None = None
    watched: Place | None = None
    name: str = ""


_serial = count(1).__next__


@dataclass(eq=False, slots=True)
class Obj(Value):
    """A thing with identity and state."""

    attrs: dict[str, Value] = field(default_factory=dict, kw_only=True)
    serial: int = field(default_factory=_serial, kw_only=True)
    version: int = field(default=0, kw_only=True)
    escaped: bool = field(default=False, kw_only=True)


@dataclass(eq=False, slots=True)
class List(Obj):
    """A list or set. attrs["items"] is a Tuple; an unknown item stands for any number of them."""


@dataclass(eq=False, slots=True)
class Mapping(Obj):
    """A dict: attrs hold "k:<key>" for string keys; attrs["open"] is there when more may be."""


@dataclass(eq=False, slots=True)
class Function(Obj):
    """A function of the project. owner: the class it is a method of."""

    node: ir.Function | ir.Lambda
    module: Module
    closure: Obj | None
    defaults: MappingType[str, Value]
    owner: Class | None = None
    kind: str = ""
    """"", "static", "class" or "property"."""

    @property
    def name(self) -> str:
        """The name it was defined with."""
        return self.node.name if isinstance(self.node, ir.Function) else "lambda"


@dataclass(eq=False, slots=True)
class Class(Obj):
    """A class of the project; attrs hold what its body binds."""

    name: str
    node: ir.Class
    module: Module
    bases: tuple[Value, ...]
    ancestors: list[Value] | None = field(default=None, kw_only=True)
    framework_base: str | None = field(default=None, kw_only=True)
    """Both worked out at the first look-up."""


@dataclass(eq=False, slots=True)
class Instance(Obj):
    """An instance of a project class."""

    cls: Class
    place: Place


@dataclass(eq=False, slots=True)
class Module(Obj):
    """A first-party module; attrs are its globals, filled as they are needed or when it is executed.

    stars: the modules it imports every name from.
    """

    path: str
    dotted: str = ""
    stars: list[Module] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Built(Obj):
    """What a framework constructor made: a layer, loss, optimizer, estimator, container, model …

    name: canonical name of the constructor. args: by parameter name. place: where it was made.
    """

    name: str
    entry: Entry
    args: dict[str, Value]
    place: Place


UNKNOWN = Unknown()
NONE = Constant(None)
