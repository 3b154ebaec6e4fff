"""What a run notes for the questions about training that are asked when it is over."""

from __future__ import annotations

from dataclasses import dataclass, field

from nnlint.analysis.values import Function, Place, Value
from nnlint.ir import nodes as ir

__all__ = ["Notes"]


@dataclass(slots=True)
class Notes:
    """Notes of one run.

    loops, tests: what a loop goes through, and the condition of a branch. targets: the variable of a
    loop. unlabelled: loops that take the labels of their data and drop them. roles: the role of the data
    of a loop, where the data tell. graph: what each operation of a TensorFlow graph was made of. parts:
    unknown attributes, by the place where they were read: of what, and which. harmless: functions that were
    read without running them, and whether they leave training alone. scores: whether functions compute one.
    leaving: arms of conditions that end the loop or function they stand in. calls: calls that were followed,
    and the functions they led to. keys: what the variable stood for by which a loop picks its data.
    """

    loops: dict[Place, ir.Expr] = field(default_factory=dict)
    targets: dict[Place, str] = field(default_factory=dict)
    unlabelled: set[Place] = field(default_factory=set)
    roles: dict[Place, str] = field(default_factory=dict)
    tests: dict[Place, ir.Expr] = field(default_factory=dict)
    graph: dict[Place, tuple[Value, ...]] = field(default_factory=dict)
    scores: dict[tuple[str, int], bool] = field(default_factory=dict)
    harmless: dict[tuple[str, int], bool] = field(default_factory=dict)
    parts: dict[Place, tuple[object, str]] = field(default_factory=dict)
    leaving: set[tuple[str, Place]] = field(default_factory=set)
    calls: dict[Place, tuple[ir.Call, Function]] = field(default_factory=dict)
    keys: dict[Place, set[str]] = field(default_factory=dict)

    def bind(self, place: Place, target: ir.Expr) -> None:
        """Note what a loop calls what it gets, and whether it drops the last part of it: ``(x, _)``."""
        if isinstance(target, ir.Name):
            self.targets[place] = target.name
            return
        while isinstance(target, ir.Sequence) and target.items:
            target = target.items[-1]
        if isinstance(target, ir.Name) and target.name.startswith("_"):
            self.unlabelled.add(place)
