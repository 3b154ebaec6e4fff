"""NN520: the column that is to be predicted is still among the features."""

from __future__ import annotations

from nnlint.analysis.data_events import CrossValidation, FitCall
from nnlint.analysis.values import Columns
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_LEARNERS = frozenset({"classifier", "regressor", "network"})
"""Pipelines and searches may choose columns themselves."""


@rule("NN520", "target-in-features")
def check(event: FitCall | CrossValidation) -> Findings:
    """Report features that contain the target."""
    if isinstance(event, FitCall) and event.effect.kind not in _LEARNERS:
        return
    x, y = event.data, event.y
    if x is None or y is None or x.columns is None or y.columns is None or x.root != y.root or x.root is None:
        return
    if not y.columns.only or len(y.columns.names) != 1:
        return
    # What a value was before may well tell what it will be.
    if x.rows != y.rows or y.timed is not None:
        return
    target = next(iter(y.columns.names))
    if y.columns.of is not None:
        if ":" not in target and _is_at(int(target), y.columns.of, x.columns):
            message = f"the target, column {target}, is still among the features that `{event.name}` gets"
            yield Finding(event.place, message)
    elif _is_named(target, y.columns, x.columns):
        message = f"the target `{target}` is still among the features that `{event.name}` gets"
        yield Finding(event.place, message)


def _is_named(target: str, y: Columns, x: Columns) -> bool:
    """Whether features hold the column of a name."""
    if x.only:
        return target in x.names and len(x.names) > 1
    # Dummy columns bear the name of the column they are made of: `Survived_1`.
    dropped = any(name.startswith(target) for name in x.names)
    return not dropped and (target in x.added or target not in y.added)


def _is_at(target: int, table: Columns, x: Columns) -> bool:
    """Whether features hold the column at a place of a table."""
    if x == table:
        return not x.only or len(x.names) > 1
    lower, colon, upper = next(iter(x.names)).partition(":") if x.of == table else ("", "", "")
    if not colon:
        return False
    first, end = int(lower or 0), int(upper) if upper else None
    if target >= 0:
        return 0 <= first <= target and (end is None or end > target)
    if end is None:
        return first <= target if first < 0 else target == -1
    return first == 0 and target < end < 0
