"""What a run notes for the questions about training that are asked when it is over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from nnlint.analysis.values import Built, Function, Origin, Place, Value
from nnlint.ir import nodes as ir

__all__ = ["Formula", "Notes"]


class Formula(NamedTuple):
    """How a value was calculated. does: as in the knowledge base, or an operator. weights: where made."""

    does: str
    operands: tuple[Value, ...]
    weights: Place | None = None


_UNCLEAR = Formula("", ())
"""What one place calculates now so and now otherwise."""


@dataclass(slots=True)
class Notes:
    """Notes of one run.

    loops, tests: what a loop goes through, and the condition of a branch. targets: the variable of a
    loop. unlabelled: loops that take the labels of their data and drop them. roles: the role of the data
    of a loop, where the data tell. graph: what each operation of a TensorFlow graph was made of. parts:
    unknown attributes, by the place where they were read: of what, and which. scores: whether functions
    compute one.
    leaving: arms of conditions that end the loop or function they stand in. calls: calls that were followed,
    and the functions they led to. keys: what the variable stood for by which a loop picks its data.
    formulas: how numbers were calculated. feeds: what dictionaries feed to placeholders, by serial number.
    again: loops that may run more than one round. minimized: the optimizer and the loss of operations that
    train. trained: how steep it is for what they were given in loops, and where that is. clipped: gradients
    are. minding: networks of libraries that behave otherwise while training, by where they came up.
    """

    loops: dict[Place, ir.Expr] = field(default_factory=dict)
    targets: dict[Place, str] = field(default_factory=dict)
    unlabelled: set[Place] = field(default_factory=set)
    roles: dict[Place, str] = field(default_factory=dict)
    tests: dict[Place, ir.Expr] = field(default_factory=dict)
    graph: dict[Place, tuple[Value, ...]] = field(default_factory=dict)
    scores: dict[tuple[str, int], bool] = field(default_factory=dict)
    parts: dict[Place, tuple[object, str]] = field(default_factory=dict)
    again: set[Place] = field(default_factory=set)
    leaving: set[tuple[str, Place]] = field(default_factory=set)
    calls: dict[Place, tuple[ir.Call, Function]] = field(default_factory=dict)
    keys: dict[Place, set[str]] = field(default_factory=dict)
    formulas: dict[Place, Formula] = field(default_factory=dict)
    feeds: dict[int, dict[Place, Value]] = field(default_factory=dict)
    minimized: dict[Place, tuple[Built, Value]] = field(default_factory=dict)
    clipped: bool = False
    trained: dict[Place, list[tuple[float, Place]]] = field(default_factory=dict)
    minding: dict[object, Origin] = field(default_factory=dict)

    def calculated(self, place: Place, formula: Formula | None) -> None:
        """Note how the value of a place is calculated; None where that is not known."""
        known = self.formulas.get(place)
        if known is None:
            if formula is not None:
                self.formulas[place] = formula
        elif known != formula:
            self.formulas[place] = _UNCLEAR

    def bind(self, place: Place, target: ir.Expr) -> None:
        """Note what a loop calls what it gets, and whether it drops the last part of it: ``(x, _)``."""
        if isinstance(target, ir.Name):
            self.targets[place] = target.name
            return
        while isinstance(target, ir.Sequence) and target.items:
            target = target.items[-1]
        if isinstance(target, ir.Name) and target.name.startswith("_"):
            self.unlabelled.add(place)
