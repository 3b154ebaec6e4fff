"""NN605: a layer adds a bias that the normalisation behind it takes off again."""

from __future__ import annotations

from nnlint.analysis.settings_events import Fed
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN605", "bias-before-normalization", severity="info", default=False)
def check(fed: Fed) -> Findings:
    """Report a bias between a layer and its batch normalisation."""
    before = fed.before
    if fed.kind == "norm" and before.bias and before.last == before.kind and fed.batchwise:
        message = f"{before.name} adds a bias that {fed.name} subtracts with the mean: leave it out"
        yield Finding(before.place, message, (Origin(fed.place, f"{fed.name} normalises here"),))
