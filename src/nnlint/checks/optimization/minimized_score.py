"""NN302: something that is better the larger it is gets minimised."""

from __future__ import annotations

from nnlint.analysis.events import MinimizeCall
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN302", "minimized-score")
def check(call: MinimizeCall) -> Findings:
    """Report a score without its minus."""
    measure = call.measure
    if measure is None or not measure.score or not measure.pure or call.ascends is not None:
        return
    if measure.sign > 0:
        because = (Origin(measure.place, f"{measure.name} is computed here"),)
        said = f"`{call.name}` minimises {measure.name}, which is better the larger it is: negate it"
        yield Finding(call.place, said, because if measure.place != call.place else ())
