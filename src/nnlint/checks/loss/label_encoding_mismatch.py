"""NN207: one-hot targets with a loss for class numbers, or class numbers with a loss for one-hot codes."""

from __future__ import annotations

from nnlint.analysis.events import LossCall
from nnlint.analysis.values import Tensor
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_CODED = {"one_hot": "one-hot", "class ids": "ids"}
_SAID = {"one-hot": "one-hot codes", "ids": "class numbers"}


@rule("NN207", "label-encoding-mismatch")
def check(loss: LossCall) -> Findings:
    """Report targets in the other encoding."""
    target, wants = loss.target, loss.effect.targets
    if not isinstance(target, Tensor) or not target.because or wants not in _SAID:
        return
    got = _CODED.get(target.function)
    if got is None or got == wants or loss.effect.task != "multiclass" or loss.origin.startswith("torch."):
        return
    yield Finding(loss.place, f"{loss.name} expects {_SAID[wants]} but gets {_SAID[got]}", target.because)
