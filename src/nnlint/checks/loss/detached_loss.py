"""NN213: what is differentiated, or a term of it, is cut off from the graph: it trains nothing."""

from __future__ import annotations

from nnlint.analysis.events import MinimizeCall
from nnlint.analysis.values import Origin, Tensor
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN213", "detached-loss")
def check(call: MinimizeCall) -> Findings:
    """Report a loss without a way back to the weights."""
    loss = call.loss
    if not isinstance(loss, Tensor):
        return
    if loss.attached is False:
        because = loss.because
        if loss.measure is not None and loss.measure.cut is not None:
            because = (loss.measure.cut,)
        if because:
            yield Finding(call.place, f"`{call.name}` gets a value that has no gradient", because)
    elif loss.measure is not None and loss.measure.cut is not None:
        cut = loss.measure.cut
        message = f"a term of the loss is detached, so `{call.name}` learns nothing from it"
        yield Finding(cut.place, message, (Origin(call.place, "the sum is differentiated here"),))
