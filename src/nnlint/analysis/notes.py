"""What a run notes for the questions about training that are asked when it is over."""

from __future__ import annotations

from dataclasses import dataclass, field

from nnlint.analysis.values import Place, Value
from nnlint.ir import nodes as ir

__all__ = ["Notes"]


@dataclass(slots=True)
class Notes:
    """Notes of one run.

    loops, tests: what a loop goes through, and the condition of a branch. targets: the variable of a
    loop. roles: the role of the data of a
    loop, where the data tell. graph: what each operation of a TensorFlow graph was made of. parts: unknown
    attributes, by the place where they were read: of what, and which. harmless: functions that were read
    without running them, and whether they leave training alone. scores: whether functions compute one.
    """

    loops: dict[Place, ir.Expr] = field(default_factory=dict)
    targets: dict[Place, str] = field(default_factory=dict)
    roles: dict[Place, str] = field(default_factory=dict)
    tests: dict[Place, ir.Expr] = field(default_factory=dict)
    graph: dict[Place, tuple[Value, ...]] = field(default_factory=dict)
    scores: dict[tuple[str, int], bool] = field(default_factory=dict)
    harmless: dict[tuple[str, int], bool] = field(default_factory=dict)
    parts: dict[Place, tuple[object, str]] = field(default_factory=dict)
