"""NN212: the logarithm of a softmax or sigmoid output: minus infinity, then NaN, once it underflows."""

from __future__ import annotations

from nnlint.analysis.events import ActivationCall
from nnlint.analysis.repair import Repair, SafeLog
from nnlint.analysis.values import Tensor
from nnlint.checks.registry import Finding, Findings, rule
from nnlint.knowledge.spec import Scale

__all__ = ["check"]

_INSTEAD = {
    "softmax": "log_softmax, or a cross-entropy on the raw scores",
    "sigmoid": "log_sigmoid, or a binary cross-entropy on the raw scores",
}


_LOGARITHMS = frozenset({"log", "log2", "log10"})


@rule("NN212", "log-of-probabilities", severity="warning", fix="unsafe")
def check(call: ActivationCall) -> Findings:
    """Report a logarithm of probabilities that nothing keeps away from zero."""
    operand = call.operand
    if call.effect.function not in _LOGARITHMS or call.exact:
        return
    if not isinstance(operand, Tensor) or operand.shifted:
        return
    safe = Repair("Keep the logarithm finite", (SafeLog(call.place),))
    if operand.scale is Scale.RECTIFIED and operand.function == "relu" and operand.because:
        message = "the logarithm of a ReLU output is infinite wherever the ReLU gives 0"
        yield Finding(call.place, message, operand.because, "error", safe)
    function = operand.function.removeprefix("weighted ")
    instead = _INSTEAD.get(function)
    weighted = function != operand.function
    if (operand.scale is Scale.PROBABILITIES or weighted) and instead and operand.because:
        what = f"the logarithm of a {function} output"
        message = f"{what} is infinite or NaN once it underflows: use {instead}"
        yield Finding(call.place, message, operand.because, repair=safe)
