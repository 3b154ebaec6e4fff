"""NN502: statistics of all data, the future test split included, went into data that are split afterwards."""

from __future__ import annotations

from nnlint.analysis.events import SplitCall
from nnlint.analysis.values import Origin, Step, Tensor
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]

_KINDS = frozenset({"scaler", "imputer", "reducer", "selector", "vectorizer", "transformer"})


@rule("NN502", "fit-before-split")
def check(split: SplitCall) -> Findings:
    """Report every transformer that saw the data before they were split."""
    seen: set[Step] = set()
    for array in split.arrays:
        data = array.data if isinstance(array, Tensor) else None
        for step in () if data is None else data.steps:
            if step in seen or not _leaks(step):
                continue
            seen.add(step)
            yield Finding(
                step.place,
                f"{step.name} is fitted on all data, which `{split.name}` divides afterwards: "
                "fit it on the training split",
                (Origin(split.place, "the data are split here"),),
            )


def _leaks(step: Step) -> bool:
    return step.kind in _KINDS and step.fitted == "all" and not step.stateless and not step.labels
