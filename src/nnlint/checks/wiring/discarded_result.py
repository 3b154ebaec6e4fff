"""NN108: the result of a pure tensor method, function or layer is thrown away."""

from __future__ import annotations

from nnlint.analysis.repair import Keep, Repair
from nnlint.analysis.wiring_events import Discarded
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN108", "discarded-result", fix="unsafe")
def check(call: Discarded) -> Findings:
    """Report the call; the statement has no other effect."""
    kept = Repair("Keep the result", (Keep(call.place),))
    if call.kind == "layer":
        yield Finding(call.place, f"`{call.name}` is applied and its output thrown away", repair=kept)
    else:
        what = "model" if call.name.rpartition(".")[2] == "compile" else "tensor"
        yield Finding(
            call.place,
            f"`{call.name}` returns a new {what} and leaves the old one as it was: the result is thrown away",
            repair=kept,
        )
