"""NN507: the parts of a split are unpacked in the wrong order."""

from __future__ import annotations

from nnlint.analysis.data_events import Unpacked
from nnlint.analysis.provenance import word_role
from nnlint.analysis.repair import Repair, Replace
from nnlint.analysis.values import Origin
from nnlint.checks.registry import Finding, Findings, rule

__all__ = ["check"]


@rule("NN507", "split-unpacking-order", fix="safe")
def check(event: Unpacked) -> Findings:
    """Report a training part that gets a test name while a test part gets a training name."""
    said = [_said(name) for name in event.names]
    wrong = [
        (name, kind)
        for name, word, (kind, _) in zip(event.names, said, event.parts, strict=True)
        if word and word != kind
    ]
    if {kind for _, kind in wrong} == {"train", "test"}:
        order = ", ".join(f"{part or 'data'} {kind}" for kind, part in event.parts)
        yield Finding(
            event.place,
            f"`{wrong[0][0]}` gets the {wrong[0][1]} part: the parts come in the order {order}",
            (Origin(event.split, "the data are split here"),),
            repair=_repair(event),
        )


def _repair(event: Unpacked) -> Repair | None:
    """The same names in the order of the parts, where each part has exactly one."""
    by_part = {(_said(name), "y" if name.lower().startswith("y") else "x"): name for name in event.names}
    if not event.flat or set(by_part) != set(event.parts) or len(event.parts) != len(event.names):
        return None
    ordered = ", ".join(by_part[part] for part in event.parts)
    return Repair("Put the names in order", (Replace(event.place, ordered),), safe=True)


def _said(name: str) -> str:
    role = word_role(name)
    return "test" if role == "validation" else role
