"""Tests: their networks stand in for real ones, need not learn anything, and may be wrong on purpose."""

from __future__ import annotations

from pathlib import PurePath

from nnlint.analysis.data_events import NanComparison
from nnlint.analysis.events import ActivationCall, Event, LossCall, LostOutput
from nnlint.analysis.measure_events import Decision, Judgement, Watched
from nnlint.analysis.settings_events import Diverging, DroppedScores, Fed, Setting, Started
from nnlint.analysis.training_events import Fault
from nnlint.analysis.wiring_events import (
    Discarded,
    ForwardCall,
    IdleLayer,
    LinearStack,
    ResultlessForward,
    ReusedLayer,
    ShapeClash,
    TransientLayer,
)
from nnlint.ir import nodes as ir

__all__ = ["is_test", "matters_in_test"]

_RUNNERS = frozenset({"pytest", "unittest", "absl.testing"})
_OF_LEARNING = (
    ActivationCall, Decision, Discarded, Diverging, DroppedScores, Fed, ForwardCall, IdleLayer, Judgement,
    LinearStack, LossCall, ResultlessForward, ReusedLayer, Setting, ShapeClash, Started, TransientLayer,
    Watched,
)  # fmt: skip
"""What happens to networks and losses. Sizes that do not go together would have stopped the test itself.
Rates, penalties and first weights are chosen so that a result can be foretold, or that it comes at once."""

_SAME = frozenset({"is", "is not"})
_ON_TRIAL = frozenset({"change-after-compile", "fixed-training-flag"})
"""What a test does to see what comes of it."""


def is_test(code: ir.ModuleIR) -> bool:
    """By the test runner that a file imports, or by its name and what it defines."""
    stem = PurePath(code.path).stem
    named = stem.startswith("test_") or stem.endswith(("_test", "_tests")) or stem == "conftest"
    for statement in code.body:
        if isinstance(statement, ir.Import):
            if any(_is_runner(imported) for imported in statement.names):
                return True
        elif named and isinstance(statement, (ir.Function, ir.Class)) and "test" in statement.name.lower():
            return True
    return False


def matters_in_test(event: Event) -> bool:
    """Whether it would be a mistake in a test, too.

    An output may be there for what making it does.
    """
    if isinstance(event, LostOutput):
        return event.function in {"forward", "call"}
    if isinstance(event, Fault):
        return event.kind not in _ON_TRIAL
    if isinstance(event, NanComparison):  # that one object came out can be just what is asserted
        return event.op not in _SAME
    return not isinstance(event, _OF_LEARNING)


def _is_runner(imported: ir.Imported) -> bool:
    module = imported.module
    return not imported.level and (
        module in _RUNNERS or module.partition(".")[0] in _RUNNERS or f"{module}.{imported.name}" in _RUNNERS
    )
