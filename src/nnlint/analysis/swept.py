"""Numbers that are tried out one after another: a rate from a list, a penalty from 0.00001 to 1."""

from __future__ import annotations

from nnlint.analysis.machine import Machine
from nnlint.analysis.settings_events import Setting
from nnlint.analysis.values import Place

__all__ = ["forget_swept"]

_FEWEST = 3
"""As many values at one place are an experiment that shows what each of them does, the bad ones included."""


def forget_swept(machine: Machine) -> None:
    """Take the settings out of what happened that were given value after value."""
    tried: dict[tuple[Place, str], set[float]] = {}
    for event in machine.events:
        if type(event) is Setting and event.value is not None:
            tried.setdefault((event.place, event.kind), set()).add(event.value)
    swept = {key for key, values in tried.items() if len(values) >= _FEWEST}
    if swept:
        machine.events = [
            event
            for event in machine.events
            if type(event) is not Setting or (event.place, event.kind) not in swept
        ]
