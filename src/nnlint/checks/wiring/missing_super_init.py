"""NN107: a network sets submodules before, or without, initialising its framework base class."""

from __future__ import annotations

from nnlint.analysis.wiring_events import EarlyModule
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN107", "missing-super-init")
def check(early: EarlyModule) -> Findings:
    """Report the first submodule that is set too early."""
    yield Finding(
        early.place,
        f"`{early.cls.name}` sets `self.{early.attribute}` before `super().__init__()` has run: "
        f"`{early.base}` cannot register it",
    )
