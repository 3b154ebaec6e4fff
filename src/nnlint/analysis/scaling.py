"""Data shifted and scaled by hand: ``x / 255``, ``(x - x.mean()) / x.std()``, ``(x - lo) / (hi - lo)``."""

from __future__ import annotations

from dataclasses import replace

from nnlint.analysis.data_events import Arithmetic, MetricCall, Rescaled
from nnlint.analysis.machine import Machine
from nnlint.analysis.provenance import learnt_from, word_role
from nnlint.analysis.values import Constant, Place, Provenance, Step, Tensor, Unknown, Value
from nnlint.ir import nodes as ir

__all__ = [
    "DESCRIPTION",
    "by_hand",
    "by_number",
    "by_statistic",
    "changed",
    "data_of",
    "divided_twice",
    "logged",
    "of_column",
    "of_pixels",
    "unknown_data",
]

DESCRIPTION = "describe"
"""A table of several statistics, each of them in a row or column of that name."""
_DESCRIBED = {"mean": "mean", "std": "std", "min": "min", "max": "max", "50%": "median"}
_PIXEL = frozenset({255, 256, 127.5})


def unknown_data(left: Value, right: Value, text: str) -> Value:
    """An unknown array from which its own statistic is subtracted is data; its name says of which split."""
    known = right.data if isinstance(right, Tensor) and right.made == "statistic" else None
    if (
        known is not None
        and isinstance(left, Unknown)
        and left.place is not None
        and known.root == left.place
    ):
        return Tensor(left.place, data=Provenance(left.place, "", "", None, hint=word_role(text)))
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
    if data.part == "p":
        return None  # it may be the way back to the scale of the targets
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
    by_hand(machine, place, op, left.data, right, machine.feed.left)
    kind = "shift" if op == "-" else "scaler"
    step = learnt_from(right.data, place, kind, f"the {right.by}", right.place)
    _again(machine, left.data, step, place)
    return Tensor(place, made="op", data=left.data._replace(steps=(*left.data.steps, step)))


def of_column(statistic: Tensor, key: Value | None, place: Place) -> Tensor:
    """``mean["age"]``, ``mode()[0]``: still a statistic; ``describe()["mean"]`` is that one."""
    name = key.value if isinstance(key, Constant) else None
    by = _DESCRIBED.get(name, statistic.by) if statistic.by == DESCRIPTION else statistic.by  # type: ignore[arg-type]
    return replace(statistic, place=place, by=by)


def data_of(machine: Machine, op: str, left: Tensor, right: Tensor, place: Place) -> Provenance | None:
    """Where the data of ``left op right`` come from.

    ``predictions - targets`` compares them; predictions with anything else may be on their way back. What is
    made of different rows, as weights that were learnt from some and multiply others, is neither.
    """
    known = [side.data for side in (left, right) if side.made != "statistic" and side.data is not None]
    if op == "-" and len(known) == 2 and (known[0].part == "p") is not (known[1].part == "p"):
        prediction, target = known if known[0].part == "p" else reversed(known)
        machine.emit(MetricCall(place, "-", prediction, target))
    if not known or any(data.part == "p" for data in known) or known[0].rows != known[-1].rows:
        return None
    return changed(known[0])


def changed(data: Provenance) -> Provenance:
    """Data after arithmetic with something that is no known number: it may have scaled them."""
    return data._replace(raw=False) if data.raw else data


def logged(data: Provenance, place: Place, name: str) -> Provenance | None:
    """The logarithm of data; that of predictions is another quantity."""
    if data.part == "p":
        return None
    return data._replace(steps=(*data.steps, Step(place, "log", name, 0, "", True, False)))


def by_hand(machine: Machine, place: Place, op: str, data: Provenance, by: Tensor, text: str) -> None:
    """Data are changed by a statistic: note it beside what was done to other data before."""
    assert by.data is not None
    own = by.data.root == data.root and not by.data.hint
    of = by.data._replace(hint=data.hint) if own else by.data
    event = Arithmetic(place, op, data, by.by, of, by.place, tuple(machine.scalings), text)
    machine.scalings.append(event)
    machine.emit(event)


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
