"""NN215: a loss with one value per sample is differentiated without being averaged or summed."""

from __future__ import annotations

from nnlint.analysis.events import MinimizeCall
from nnlint.analysis.measure_events import HandWritten
from nnlint.analysis.repair import Repair, Replace
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN215", "unreduced-loss", fix="unsafe")
def check(call: MinimizeCall | HandWritten) -> Findings:
    """Report a vector where a number is wanted, and a mean and a sum in each other's place."""
    if isinstance(call, HandWritten):
        if call.kind == "swapped":
            message = (
                "this cross-entropy is averaged over the classes and summed over the samples: "
                "sum over the classes, then take the mean"
            )
            yield Finding(call.place, message, call.because)
        return
    measure = call.measure
    if measure is None or measure.unreduced is None or call.weighted:
        return
    yield Finding(
        call.place,
        f"`{call.name}` gets {measure.name} with one value per sample: take its mean first",
        (measure.unreduced,),
        repair=_repair(call),
    )


def _repair(call: MinimizeCall) -> Repair | None:
    if call.of is None:
        return None
    return Repair("Take the mean", (Replace(call.of, "{0}.mean()", (call.of,)),))
