"""Reports of sizes that must agree and do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnlint.analysis.machine import Machine
from nnlint.analysis.shapes import Shape, Size, product
from nnlint.analysis.values import Built, Place, Tensor, Value
from nnlint.analysis.wiring_events import ShapeClash

if TYPE_CHECKING:
    from nnlint.analysis.effects.given import Given

__all__ = ["clash", "reshape_clash", "shown_place"]


def clash(machine: Machine, place: Place, kind: str, message: str, *operands: Value | None) -> None:
    """Record a contradiction, with the places where the operands were made."""
    because = []
    for operand in operands:
        if isinstance(operand, Tensor) and operand.place is not None and operand.place != place:
            maker = (
                f"`{operand.by}` gives"
                if operand.by and operand.made in {"layer", "activation"}
                else "this is"
            )
            because.append((operand.place, f"{maker} shape {operand.shape}"))
    machine.emit(ShapeClash(place, kind, message, tuple(because)))


def shown_place(given: Given) -> Place:
    """Where a report about a call belongs: inside a container, where the layer was made."""
    if given.machine.folding and isinstance(given.receiver, Built):
        return given.receiver.place
    return given.place


def reshape_clash(given: Given, operand: Value, before: Shape | None, target: tuple[Size, ...]) -> None:
    """Record a reshape that cannot hold, or that mixes the samples of a batch."""
    if before is None or not before.whole or None in target or len(before.dims) < 2:
        return
    total = product(before.dims)
    asked = product(tuple(size for size in target if size != -1))
    if not asked or asked < 0:
        return
    if total is not None and (total % asked if -1 in target else total != asked):
        _report(given, operand, before, target, f"{total} values do not fit")
        return
    sample = product(before.dims[1:])
    if target[0] != -1 or sample is None or target.count(-1) != 1 or sample == asked:
        return
    fits = sample % asked == 0 or asked % sample == 0
    if not fits or (len(target) == 2 and len(before.dims) >= 4 and not _is_suffix(before, asked)):
        _report(given, operand, before, target, f"a sample has {sample} values, not {asked}")


def _is_suffix(shape: Shape, size: int) -> bool:
    """Whether a number of values is that of the last axes: then the leading axes become one."""
    return any(product(shape.dims[position:]) == size for position in range(1, len(shape.dims)))


def _report(given: Given, operand: Value, before: Shape, target: tuple[Size, ...], why: str) -> None:
    shown = ", ".join(map(str, target))
    clash(
        given.machine, shown_place(given), "count", f"shape {before} is reshaped to ({shown}): {why}", operand
    )
