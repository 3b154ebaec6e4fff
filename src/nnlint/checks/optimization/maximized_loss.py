"""NN301: the negative of a loss is minimised, or a loss is ascended: training makes the model worse."""

from __future__ import annotations

from nnlint.analysis.events import MinimizeCall
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN301", "maximized-loss")
def check(call: MinimizeCall) -> Findings:
    """Report a loss that goes up."""
    measure = call.measure
    if measure is None or measure.score or not measure.pure:
        return
    computed = Origin(measure.place, f"{measure.name} is computed here")
    if measure.sign < 0 and call.ascends is None:
        yield Finding(call.place, f"`{call.name}` minimises the negative of {measure.name}", (computed,))
    elif measure.sign > 0 and call.ascends is not None:
        ascends = Origin(call.ascends, "the optimizer was told to maximise here")
        yield Finding(call.place, f"`{call.name}` maximises {measure.name}", (computed, ascends))
