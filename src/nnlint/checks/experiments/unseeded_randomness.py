"""NN702: training draws at random, and nothing sets a seed."""

from __future__ import annotations

from nnlint.analysis.experiment_events import Experiment
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN702", "unseeded-randomness", severity="info", default=False)
def check(experiment: Experiment) -> Findings:
    """Report scripts that train with chance in play and never speak of a seed."""
    if experiment.random and not experiment.seeded:
        message = f"{experiment.name} trains with chance in play, and no seed is set: no run can be repeated"
        yield Finding(experiment.place, message, experiment.random)
