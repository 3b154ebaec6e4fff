"""NN115: `forward` accepts an input and never reads it."""

from __future__ import annotations

from nnlint.analysis.wiring_events import IgnoredInput
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN115", "ignored-input", severity="warning", default=False)
def check(ignored: IgnoredInput) -> Findings:
    """Report the parameter."""
    if ignored.call is None:
        yield Finding(ignored.place, f"`{ignored.function}` accepts `{ignored.name}` and never reads it")
