"""NN606: dropout directly before a batch normalisation shifts the variance it has learnt."""

from __future__ import annotations

from nnlint.analysis.settings_events import Fed
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN606", "dropout-before-normalization", severity="info", default=False)
def check(fed: Fed) -> Findings:
    """Report dropout whose output a batch normalisation reads."""
    dropout = fed.before.dropout
    if fed.kind == "norm" and fed.batchwise and dropout is not None:
        message = f"{fed.name} learns the variance under dropout, and meets another one at test time"
        yield Finding(fed.place, message, (dropout,))
