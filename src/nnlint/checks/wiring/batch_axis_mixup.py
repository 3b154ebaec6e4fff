"""NN114: a recurrent layer and the code around it do not agree which axis is the batch."""

from __future__ import annotations

from nnlint.analysis.values import Origin
from nnlint.analysis.wiring_events import AxisMixup
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN114", "batch-axis-mixup")
def check(mixup: AxisMixup) -> Findings:
    """Report the place that takes one axis for the other, with the setting of the layer."""
    layout = "(batch, time, features)" if mixup.batch_first else "(time, batch, features)"
    setting = f"`{mixup.layer}` has `batch_first={mixup.batch_first}`"
    if mixup.kind == "last":
        wrong = "sample of the batch" if mixup.batch_first else "sample of the batch, not the last step,"
        text = f"{setting}: its output is {layout}, and this takes the last {wrong}"
        text = text.rstrip(",") + (", not the last step" if mixup.batch_first else "")
    else:
        text = f"{setting} and takes {layout}, but its initial state is made for a batch on the other axis"
    because = [Origin(mixup.made, f"the layer is made with `batch_first={mixup.batch_first}`")]
    if mixup.kind == "state" and mixup.other is not None:
        because.append(Origin(mixup.other, "the initial state is made here"))
    yield Finding(mixup.place, text, tuple(because))
