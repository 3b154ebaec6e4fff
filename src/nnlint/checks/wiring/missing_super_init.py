"""NN107: a network sets submodules before, or without, initialising its framework base class."""

from __future__ import annotations

from nnlint.analysis.repair import Initialize, Repair
from nnlint.analysis.values import Place
from nnlint.analysis.wiring_events import EarlyModule
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN107", "missing-super-init", fix="safe")
def check(early: EarlyModule) -> Findings:
    """Report the first submodule that is set too early."""
    yield Finding(
        early.place,
        f"`{early.cls.name}` sets `self.{early.attribute}` before `super().__init__()` has run: "
        f"`{early.base}` cannot register it",
        repair=Repair("Call `super().__init__()` first", (Initialize(_class(early)),), safe=True),
    )


def _class(early: EarlyModule) -> Place:
    return Place(early.cls.module.path, early.cls.node.id)
