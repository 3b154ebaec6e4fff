"""NN518: several workers draw the same random numbers."""

from __future__ import annotations

from nnlint.analysis.data_events import RandomItem
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN518", "repeated-worker-seed", severity="warning", default=False)
def check(event: RandomItem) -> Findings:
    """Report NumPy's global generator in the items of a data set that several workers read."""
    yield Finding(
        event.place,
        f"the workers each start NumPy's generator, which `{event.dataset}` draws from, in the same state "
        "(PyTorch before 1.9): set it in `worker_init_fn`",
        (Origin(event.draw, "the random numbers are drawn here"),),
    )
