"""Data shifted and scaled by hand: ``x / 255``, ``(x - x.mean()) / x.std()``, ``(x - lo) / (hi - lo)``."""

from __future__ import annotations

from nnlint.analysis.data_events import Arithmetic, Rescaled
from nnlint.analysis.machine import Machine
from nnlint.analysis.provenance import learnt_from
from nnlint.analysis.values import Constant, Place, Provenance, Step, Tensor, Unknown, Value
from nnlint.ir import nodes as ir

__all__ = ["by_number", "by_statistic", "divided_twice", "of_pixels", "unknown_data"]

_PIXEL = frozenset({255, 256, 127.5})


def unknown_data(left: Value, right: Value) -> Value:
    """An unknown array from which its own statistic is subtracted is data."""
    known = right.data if isinstance(right, Tensor) and right.made == "statistic" else None
    if (
        known is not None
        and isinstance(left, Unknown)
        and left.place is not None
        and known.root == left.place
    ):
        return Tensor(left.place, data=Provenance(left.place, "", "", None))
    return left


def of_pixels(op: str, left: Value, right: Value, place: Place) -> Value | None:
    """Something unknown over 255 is image data, scaled."""
    if op != "/" or not isinstance(left, Unknown) or left.place is None or not isinstance(right, Constant):
        return None
    if isinstance(right.value, bool) or right.value not in (255, 255.0):
        return None
    step = Step(place, "arithmetic", "/ 255", 0, "", True, False)
    return Tensor(place, made="op", data=Provenance(left.place, "", "", None, (step,)))


def by_number(
    machine: Machine, data: Provenance | None, op: str, number: float | None, place: Place
) -> Provenance | None:
    """Data scaled by a constant keep their provenance; nothing is learnt from them."""
    if data is None or op not in "+-*/":
        return data
    spelled = "" if number is None else f" {number:g}"
    now = Step(place, "arithmetic", f"{op}{spelled}", 0, "", True, False)
    if op == "/" and number in _PIXEL:
        before = next((step for step in data.steps if step.place != place and _is_pixel_scaling(step)), None)
        if before is not None and data.steps[-1:] and not _undone(data.steps, before):
            machine.emit(Rescaled(place, data, before, now))
    return data._replace(steps=(*data.steps, now))


def _is_pixel_scaling(step: Step) -> bool:
    return step.kind == "pixels" or (step.kind == "arithmetic" and step.name in {"/ 255", "/ 256", "/ 127.5"})


def _undone(steps: tuple[Step, ...], before: Step) -> bool:
    """Whether a later step goes back to pixels."""
    later = steps[steps.index(before) + 1 :]
    return any(step.kind == "arithmetic" and step.name.startswith("*") for step in later)


def by_statistic(machine: Machine, op: str, left: Tensor, right: Tensor, place: Place) -> Tensor | None:
    """``left op right`` where `right` is a statistic of data; None where it is nothing of the kind."""
    if left.data is None or right.data is None or right.made != "statistic" or op not in {"-", "/"}:
        return None
    if left.made == "statistic":
        return Tensor(place, made="statistic", by="range", data=right.data)
    earlier, text = tuple(machine.scalings), machine.feed.left
    event = Arithmetic(place, op, left.data, right.by, right.data, right.place, earlier, text)
    machine.scalings.append(event)
    machine.emit(event)
    kind = "shift" if op == "-" else "scaler"
    step = learnt_from(right.data, place, kind, f"the {right.by}", right.place)
    _again(machine, left.data, step, place)
    return Tensor(place, made="op", data=left.data._replace(steps=(*left.data.steps, step)))


def _again(machine: Machine, data: Provenance, now: Step, place: Place) -> None:
    for step in data.steps:
        if step.of is not None and step.of == now.of and step.kind == now.kind and step.place != place:
            machine.emit(Rescaled(place, data, step, now))
            return


def divided_twice(machine: Machine, node: ir.Binary, left: Value) -> None:
    """``((x - x.min()) / d) / d``: the divisor is a name, so whatever it is, it is used twice."""
    inner = node.left
    if not isinstance(inner, ir.Binary) or inner.op != "/" or not isinstance(node.right, ir.Name):
        return
    if not isinstance(inner.right, ir.Name) or inner.right.name != node.right.name:
        return
    data = left.data if isinstance(left, Tensor) else None
    if data is None or not any(step.kind == "shift" for step in data.steps):
        return
    before = Step(machine.place(inner.id), "arithmetic", f"/ {node.right.name}", 0, "", True, False)
    place = machine.place(node.id)
    machine.emit(Rescaled(place, data, before, before._replace(place=place)))
