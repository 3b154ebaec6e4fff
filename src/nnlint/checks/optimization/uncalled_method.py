"""NN310: a training method is named but not called: the statement does nothing."""

from __future__ import annotations

from nnlint.analysis.repair import Repair, Replace
from nnlint.analysis.training_events import Uncalled
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN310", "uncalled-method", fix="safe")
def check(uncalled: Uncalled) -> Findings:
    """Report a statement that is a method without its parentheses."""
    called = Repair(
        f"Call `{uncalled.text}`", (Replace(uncalled.place, "{0}()", (uncalled.place,)),), safe=uncalled.known
    )
    message = f"`{uncalled.text}` is named but not called: write `{uncalled.text}()`"
    yield Finding(uncalled.place, message, repair=called)
