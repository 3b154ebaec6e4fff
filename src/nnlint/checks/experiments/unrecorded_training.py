"""NN703: the loss of a training loop is neither returned, printed, logged nor saved."""

from __future__ import annotations

from nnlint.analysis.experiment_events import Unrecorded
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN703", "unrecorded-training", severity="info", default=False)
def check(event: Unrecorded) -> Findings:
    """Report losses that nothing but `backward` ever sees."""
    message = f"{event.loss} is differentiated and never looked at: nobody sees whether training works"
    yield Finding(event.place, message, (Origin(event.loop, "this loop trains"),))
