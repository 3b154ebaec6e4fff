"""NN512: rows were repeated or made up from others before the split."""

from __future__ import annotations

from nnlint.analysis.data_events import CrossValidation, SplitCall
from nnlint.analysis.provenance import HELD_OUT
from nnlint.analysis.values import Origin, Provenance, Tensor
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN512", "resampled-before-split")
def check(event: SplitCall | CrossValidation) -> Findings:
    """Report oversampling of what is divided afterwards."""
    if isinstance(event, CrossValidation):
        yield from _of(event.data, event.name, Origin(event.place, "the data are divided into folds here"))
        return
    for array in event.arrays:
        data = array.data if isinstance(array, Tensor) else None
        if data is not None and data.role not in HELD_OUT | {"train"}:
            found = list(_of(data, event.name, Origin(event.place, "the data are split here")))
            yield from found
            if found:
                return  # labels are repeated like their samples


def _of(data: Provenance, name: str, where: Origin) -> Findings:
    for step in data.steps:
        if step.kind == "resampler":
            yield Finding(
                step.place,
                f"{step.name} adds rows made from others before `{name}` divides them: "
                "resample the training part only",
                (where,),
            )
