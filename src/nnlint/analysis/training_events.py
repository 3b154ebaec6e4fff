"""What happened during training: the order of calls, and what was done to parameters.

An `Act` is one call. The other events are worked out from the acts of a whole run by `trace.py`, or are
single facts about parameters that need no order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from nnlint.analysis.repair import Repair
from nnlint.analysis.sealed import sealed
from nnlint.analysis.values import Origin, Place, Value
from nnlint.ir import nodes as ir

if TYPE_CHECKING:
    from nnlint.analysis.events import Path

__all__ = [
    "Act", "Dropout", "Fault", "Misspelled", "TrainingEvent", "Uncalled",
]  # fmt: skip


class Act(NamedTuple):
    """One call that matters for the order of training.

    kind: "step", "zero_grad", "backward", "train", "eval", "forward", "clip", "unscale", "update",
    "scheduler_step", "built" (an optimizer, scheduler or scaler is made), "grad" (a gradient is read or
    written) or "opaque" (code that cannot be seen).
    receiver: the optimizer, model or loss it is about. key: tells receivers apart; the serial number of a
    known object, else the function and the spelling. text: the callee as spelled. mode: of a model that is
    applied: "train", "eval" or "" (not known); "closure" for a step that is given one; "network" for an
    opaque call inside a network's forward pass. function: the name of the function it stands in.
    root: number of the separate execution it belongs to: 0 for the top level, another one for every
    function that nothing calls.
    """

    place: Place
    kind: str
    receiver: Value
    key: object
    text: str
    path: Path | None
    node: ir.Call
    mode: str
    function: str
    root: int


@sealed(frozen=True, slots=True)
class Uncalled:
    """An expression statement names a method and does not call it."""

    place: Place
    text: str
    method: str
    known: bool


@sealed(frozen=True, slots=True)
class Misspelled:
    """An attribute is set that nothing reads: a misspelling, or one set on an object without it.

    text: the object as spelled. kind: "spelling" or "module". owner: the object. module: it is a module.
    """

    place: Place
    text: str
    name: str
    kind: str
    owner: Place
    module: bool
    value: bool


@sealed(frozen=True, slots=True)
class Dropout:
    """Dropout is applied by a function that is told, or left to think, that it trains.

    switch: the parameter that turns it off, "training()" where it got a method; for a layer that `eval()`
    does not reach, where that is kept: "made", "list" or "global". given: whether it was set on rather than
    left at its default. tests: spelled conditions it stands under. owned: it stands in a method of
    a network, whose first parameter is `self`.
    """

    place: Place
    name: str
    switch: str
    given: bool
    tests: tuple[str, ...]
    network: bool
    owned: bool


@sealed(frozen=True, slots=True)
class Fault:
    """Something wrong with the order or absence of calls, found in the trace of a whole run.

    kind: the short name of the rule that speaks of it ("missing-step", "training-step-order", …).
    """

    kind: str
    place: Place
    message: str
    because: tuple[Origin, ...]
    repair: Repair | None = None


TrainingEvent: TypeAlias = Act | Dropout | Fault | Misspelled | Uncalled
