"""NN704: a script trains a model and never judges it on held-out data."""

from __future__ import annotations

from nnlint.analysis.experiment_events import Experiment
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN704", "unvalidated-training", severity="info", default=False)
def check(experiment: Experiment) -> Findings:
    """Report scripts that train and never speak of validation, tests or scores."""
    if not experiment.judged:
        message = f"{experiment.name} trains a model that nothing in this file judges on data held out"
        yield Finding(experiment.place, message)
