"""NN520: the column that is to be predicted is still among the features."""

from __future__ import annotations

from nnlint.analysis.data_events import CrossValidation, FitCall
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
    names = x.columns.names
    # Dummy columns bear the name of the column they are made of: `Survived_1`.
    among = target in names if x.columns.only else not any(name.startswith(target) for name in names)
    alone = x.columns.only and len(x.columns.names) == 1
    if among and not alone:
        message = f"the target `{target}` is still among the features that `{event.name}` gets"
        yield Finding(event.place, message)
