"""NN521: a transformer or selector was fitted on all the data that cross-validation folds."""

from __future__ import annotations

from nnlint.analysis.data_events import CrossValidation
from nnlint.analysis.provenance import LEARNING, role_of, seen_by
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_CHOOSING = frozenset({"selector"})
"""Kinds that leak so much that a search over folds is misled, even where a test split remains."""


@rule("NN521", "fit-outside-cross-validation", severity="warning")
def check(event: CrossValidation) -> Findings:
    """Report what saw the rows that each fold is judged on."""
    kinds = LEARNING if event.judges or role_of(event.data) != "train" else _CHOOSING
    for step in event.data.steps:
        if step.kind in kinds and not step.stateless and not step.labels and seen_by(step, event.data):
            yield Finding(
                step.place,
                f"{step.name} is fitted on all rows before `{event.name}` divides them into folds: "
                "put it into a pipeline",
                (Origin(event.place, "the folds are made here"),),
            )
