"""NN109: a module's `forward` is called by name, which leaves out its hooks."""

from __future__ import annotations

from nnlint.analysis.repair import Repair, Replace
from nnlint.analysis.wiring_events import ForwardCall
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN109", "direct-forward-call", severity="info", fix="safe")
def check(call: ForwardCall) -> Findings:
    """Report the call; calling the module itself runs `forward` and everything around it."""
    module = call.name.removesuffix(f".{call.method}") or "the module"
    around = "its hooks do not run" if call.method == "forward" else "building and masks are left out"
    called = Repair(f"Call `{module}` itself", (Replace(call.callee, "{0}", (call.called_on,)),), safe=True)
    yield Finding(call.place, f"`{call.name}` bypasses calling `{module}` itself: {around}", repair=called)
