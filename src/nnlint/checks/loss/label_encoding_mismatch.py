"""NN207: one-hot targets with a loss for class numbers, or class numbers with a loss for one-hot codes."""

from __future__ import annotations

from nnlint.analysis.events import LossCall
from nnlint.analysis.repair import Rename, Repair, Word
from nnlint.analysis.values import Tensor
from nnlint.checks.registry import Finding, Findings, rule
from nnlint.knowledge.twins import SPARSE

__all__ = ["check"]

_CODED = {"one_hot": "one-hot", "class ids": "ids"}
_SAID = {"one-hot": "one-hot codes", "ids": "class numbers"}


@rule("NN207", "label-encoding-mismatch", fix="unsafe")
def check(loss: LossCall) -> Findings:
    """Report targets in the other encoding."""
    target, wants = loss.target, loss.effect.targets
    if not isinstance(target, Tensor) or not target.because or wants not in _SAID:
        return
    got = _CODED.get(target.function)
    if got is None or got == wants or loss.effect.task != "multiclass" or loss.refuses:
        return
    yield Finding(
        loss.place,
        f"{loss.name} expects {_SAID[wants]} but gets {_SAID[got]}",
        target.because,
        repair=_repair(loss, got),
    )


def _repair(loss: LossCall, got: str) -> Repair | None:
    """The same cross-entropy for targets in the other encoding."""
    names = SPARSE if got == "ids" else tuple((sparse, dense) for dense, sparse in SPARSE)
    other = dict(names).get(loss.name)
    if other is None:
        return None
    if loss.made is not None:
        return Repair(f"Use `{other}`", (Rename(loss.made, names, imported=True),))
    return Repair(f"Use `{other}`", (Word(loss.place, loss.name, other),))
