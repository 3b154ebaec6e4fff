"""NN104: a network makes a layer with parameters and never uses it."""

from __future__ import annotations

from nnlint.analysis.values import Origin
from nnlint.analysis.wiring_events import IdleLayer, SkippedItem
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN104", "unused-layer", severity="warning")
def check(event: IdleLayer | SkippedItem) -> Findings:
    """Report the layer, with the places that apply its twin."""
    yield from _skipped(event) if isinstance(event, SkippedItem) else _idle(event)


def _skipped(item: SkippedItem) -> Findings:
    list_ = f"self.{item.attribute}"
    yield Finding(
        item.place,
        f"`{list_}[{item.twin}]` is applied a second time here, and `{list_}[{item.index}]` never is",
        (
            Origin(item.before, f"`{list_}[{item.twin}]` is applied here first"),
            Origin(item.item, f"`{list_}[{item.index}]` is made here"),
        ),
    )


def _idle(idle: IdleLayer) -> Findings:
    text = f"`self.{idle.attribute}` is made here and never used"
    if idle.twin:
        text += f", while `self.{idle.twin}` is applied {len(idle.twin_places)} times"
    because = tuple(Origin(place, f"`self.{idle.twin}` is applied here") for place in idle.twin_places)
    yield Finding(idle.place, text, because)
