"""NN519: rows that follow each other in time are split at random and judged on their own neighbours."""

from __future__ import annotations

from nnlint.analysis.data_events import SplitCall
from nnlint.analysis.repair import Keyword, Repair
from nnlint.analysis.values import Origin, Tensor
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN519", "shuffled-time-series", severity="warning", fix="unsafe")
def check(event: SplitCall) -> Findings:
    """Report a shuffling split of data with lagged columns."""
    if event.shuffled is not True:
        return
    for array in event.arrays:
        data = array.data if isinstance(array, Tensor) else None
        if data is not None and data.timed is not None:
            yield Finding(
                event.place,
                f"`{event.name}` shuffles rows that follow each other in time: "
                "pass `shuffle=False` or split by date",
                (Origin(data.timed, "the rows are taken as consecutive here"),),
                repair=Repair("Keep the order", (Keyword(event.place, "shuffle", "False"),)),
            )
            return
