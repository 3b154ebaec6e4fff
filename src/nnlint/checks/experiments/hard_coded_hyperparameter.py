"""NN701: a number that training depends on is written into the code instead of a configuration."""

from __future__ import annotations

from nnlint.analysis.experiment_events import Hardcoded
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN701", "hard-coded-hyperparameter", severity="info", default=False)
def check(event: Hardcoded) -> Findings:
    """Report learning rates, batch sizes and numbers of epochs that are literals where they are used."""
    message = f"{event.what} of {event.name}, {event.text}, is written into the code"
    yield Finding(event.place, message, (event.training,))
