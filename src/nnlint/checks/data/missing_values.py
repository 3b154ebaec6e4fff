"""NN517: a table goes from a file into a network, and nobody looked for missing values."""

from __future__ import annotations

from nnlint.analysis.data_events import FitCall
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


_MAY_IMPUTE = frozenset({"ColumnTransformer", "FeatureUnion", "Pipeline"})


@rule("NN517", "missing-values", severity="info", default=False)
def check(event: FitCall) -> Findings:
    """Report a network that is fed a table as it was read."""
    data = event.data
    if event.effect.kind != "network" or event.checked or data is None or data.root is None:
        return
    if any(step.kind == "imputer" or step.name in _MAY_IMPUTE for step in data.steps):
        return
    yield Finding(
        event.place,
        f"`{event.name}` gets a table as it was read: missing values would turn the loss into NaN",
        (Origin(data.root, "the table is read here"),),
    )
