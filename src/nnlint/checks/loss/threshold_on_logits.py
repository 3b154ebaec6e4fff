"""NN217: raw scores are compared with 0.5, or rounded, as if they were probabilities."""

from __future__ import annotations

from nnlint.analysis.measure_events import Decision
from nnlint.analysis.repair import Repair, Word
from nnlint.analysis.values import Constant, Origin
from nnlint.checks.registry import Finding, Findings, rule
from nnlint.knowledge.spec import Scale

__all__ = ["check"]


@rule("NN217", "threshold-on-logits", fix="unsafe")
def check(decision: Decision) -> Findings:
    """Report a decision at 0.5 on a scale whose middle is 0."""
    operand, threshold = decision.operand, decision.threshold
    if operand.scale is not Scale.LOGITS or not operand.because or decision.squashed is None:
        return
    zero = Repair("Compare with 0", (Word(decision.place, 0.5, 0),))
    squashed = Origin(decision.squashed, "here they go through a sigmoid")
    if decision.kind == "round":
        message = "raw scores are rounded, as if they were probabilities: apply a sigmoid before"
        yield Finding(decision.place, message, (*operand.because, squashed))
    elif decision.kind == "compare" and isinstance(threshold, Constant) and threshold.value == 0.5:
        message = "raw scores are compared with 0.5, the middle of probabilities: use 0, or a sigmoid before"
        yield Finding(decision.place, message, (*operand.because, squashed), repair=zero)
