"""NN102: a layer is fed an earlier tensor, so the output of the layer before it is never used."""

from __future__ import annotations

from nnlint.analysis.events import LostOutput
from nnlint.analysis.values import Origin
from nnlint.analysis.wiring_events import IgnoredInput
from nnlint.checks.registry import Finding, Findings, rule
from nnlint.checks.wiring.feeding import fed

__all__ = ["check"]

_ASIDE = frozenset({"identity", "res", "residual", "residue", "shortcut", "skip"})
"""Names of what is kept for later: that nothing reads it is a mistake, what the next layer is fed is none."""


@rule("NN102", "stale-layer-input", fix="unsafe")
def check(event: LostOutput | IgnoredInput) -> Findings:
    """Report the layer that missed what was meant for it, with the place where that is lost."""
    yield from _ignored(event) if isinstance(event, IgnoredInput) else _lost(event)


def _ignored(ignored: IgnoredInput) -> Findings:
    if ignored.call is None or ignored.before is None:
        return
    yield Finding(
        ignored.call,
        f"`{ignored.layer}` is given `{ignored.twin}` again, and `{ignored.name}` is never read",
        (
            Origin(ignored.place, f"`{ignored.name}` comes in here"),
            Origin(ignored.before, f"`{ignored.twin}` is used here first"),
        ),
    )


def _lost(lost: LostOutput) -> Findings:
    stale = lost.stale
    if stale is None or (not lost.by and (not lost.builds or lost.name in _ASIDE)):
        return
    if lost.kind == "network" and stale.name == lost.maker:
        return  # The same network runs twice on the same input: its first output is lost, its input is right.
    yield Finding(
        stale.place,
        f"`{stale.name}` is fed what came before `{lost.maker}`, whose output `{lost.name}` is never used",
        (Origin(lost.place, f"the output of `{lost.maker}` is bound to `{lost.name}` here and lost"),),
        repair=fed(lost),
        within_cell=not lost.function,
    )
