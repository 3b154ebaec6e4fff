"""Axes taken for each other: by recurrent layers, by what reads their output, and by reshapes."""

from __future__ import annotations

import re

from nnlint.analysis.containers import items_of
from nnlint.analysis.effects.given import Given
from nnlint.analysis.shape_clashes import shown_place
from nnlint.analysis.shapes import Shape, Size
from nnlint.analysis.sizes_read import axis_of
from nnlint.analysis.values import Built, Constant, List, Tensor, Tuple, Unknown, Value
from nnlint.analysis.wiring_events import AxisMixup, ScrambledView
from nnlint.analysis.wiring_notes import Recurrent
from nnlint.ir.spell import spell

__all__ = ["note_recurrent", "note_view"]


def note_recurrent(given: Given, output: Tensor) -> None:
    """Remember the layout of a recurrent layer's output, and hold its initial state against its input."""
    first = _batch_first(given)
    if first is None or output.place is None or given.machine.folding:
        return
    name = spell(given.node.func) or given.name.rpartition(".")[2]
    built = given.receiver
    made = built.place if isinstance(built, Built) else given.place
    given.machine.wiring.recurrent[output.place] = Recurrent(name, first, made)
    operand, state = given.values.get("input"), given.values.get("hx")
    states = state.items if isinstance(state, Tuple) else (state,)
    for each in states:
        axis = _batch_axis(given, each, operand)
        if axis is not None and axis in (0, 1) and axis != (0 if first else 1) and isinstance(each, Tensor):
            given.machine.emit(AxisMixup(given.place, name, first, made, "state", each.place))
            return


def _batch_first(given: Given) -> bool | None:
    built = given.receiver
    if given.name.startswith("torch.nn.") and isinstance(built, Built) and "open" not in built.attrs:
        chosen = built.args.get("batch_first", Constant(False))
        return chosen.value if isinstance(chosen, Constant) and isinstance(chosen.value, bool) else None
    return None


def _batch_axis(given: Given, state: Value | None, operand: Value | None) -> int | None:
    """The axis of the input whose size a fresh initial state (layers, batch, features) was given as batch."""
    if not isinstance(state, Tensor) or state.place is None:
        return None
    sizes = given.machine.wiring.made_sizes.get(state.place)
    source = axis_of(given.machine, sizes[1]) if sizes is not None and len(sizes) == 3 else None
    if source is None or not isinstance(operand, (Tensor, Unknown)) or source[0] != operand.place:
        return None
    return source[1]


def note_view(
    given: Given, operand: Value, before: Shape | None, target: Value | None, sizes: tuple[Size, ...]
) -> None:
    """Record a reshape that exchanges two axes."""
    if before is not None and before.whole and len(before.dims) == len(sizes) and None not in sizes:
        if _exchanged(before.dims, sizes):
            shown = ", ".join(map(str, sizes))
            _emit(given, operand, f"shape {before} is reshaped to ({shown})")
        return
    items = (
        target.items if isinstance(target, Tuple) else items_of(target) if isinstance(target, List) else ()
    )
    if len(items) == 1 and isinstance(items[0], (Tuple, List)):
        inner = items[0]
        items = inner.items if isinstance(inner, Tuple) else items_of(inner)
    if not isinstance(operand, (Tensor, Unknown)) or operand.place is None or len(items) < 2:
        return
    found = [axis_of(given.machine, item) for item in items]
    own = given.machine.wiring.same_as.get(operand.place, operand.place)
    axes = [each[1] for each in found if each is not None and each[0] == own and each[2] == len(items)]
    if len(axes) == len(items) and sorted(axes) == list(range(len(items))):
        moved = [axis for place, axis in enumerate(axes) if axis != place]
        if len(moved) == 2:
            _emit(given, operand, f"axes {moved[0]} and {moved[1]} are exchanged by a reshape")


def _exchanged(before: tuple[Size, ...], after: tuple[Size, ...]) -> bool:
    """Whether two axes of different, known sizes changed places and all others stayed."""
    # Two axes alone are regrouped in many an exercise.
    if len(before) < 3 or None in before or None in after or -1 in after:
        return False
    moved = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    return len(moved) == 2 and moved[0] == moved[1][::-1] and 1 not in moved[0]


_SHIFTS = re.compile("shift|skew|rel(_|ative)")
"""Functions that shift rows against each other by reading them in rows of another length, on purpose."""


def _emit(given: Given, operand: Value, text: str) -> None:
    if given.machine.stack and _SHIFTS.search(given.machine.stack[-1].name):
        return
    made = operand.place if isinstance(operand, (Tensor, Unknown)) else None
    given.machine.emit(ScrambledView(shown_place(given), text, made))
