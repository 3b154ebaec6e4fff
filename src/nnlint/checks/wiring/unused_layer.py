"""NN104: a network makes a layer with parameters and never uses it, or uses one where several belong."""

from __future__ import annotations

from nnlint.analysis.values import Origin
from nnlint.analysis.wiring_events import IdleLayer, ReusedLayer, SkippedItem
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN104", "unused-layer", severity="warning")
def check(event: IdleLayer | SkippedItem | ReusedLayer) -> Findings:
    """Report the layer, with the places that apply its twin."""
    if isinstance(event, ReusedLayer):
        yield _reused(event)
    else:
        yield from _skipped(event) if isinstance(event, SkippedItem) else _idle(event)


def _reused(layer: ReusedLayer) -> Finding:
    count = len(layer.others) + 1
    if layer.kind == "row":
        text = f"`{layer.name}` is applied {count} times in a row: {count} layers here are one set of weights"
    else:
        names = dict.fromkeys(layer.of)
        which = f", {' and '.join(f'`{name}`' for name in names)}" if len(names) > 1 else ""
        text = (
            f"`{layer.name}` normalises the outputs of different layers{which}: "
            "the running statistics it evaluates with fit neither"
        )
    because = [Origin(place, f"`{layer.name}` is applied here") for place in layer.others]
    return Finding(layer.place, text, (*because, Origin(layer.made, f"`{layer.name}` is made here")))


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
