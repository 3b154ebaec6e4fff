"""Which classes derive from which, kept up while they are made: it is asked for every method."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from nnlint.analysis.machine import Machine
from nnlint.analysis.objects import ancestors
from nnlint.analysis.values import Class, Instance

__all__ = ["Heirs"]

_T = TypeVar("_T")


@dataclass(slots=True)
class Heirs:
    """What is known of the classes of one run.

    derived: the classes of the file itself by what they derive from, themselves among them; made: the first
    instance of a class or of one derived from it; both by serial.
    """

    machine: Machine
    derived: dict[int, list[Class]] = field(default_factory=dict)
    made: dict[int, Instance] = field(default_factory=dict)
    classes: int = 0
    instances: int = 0
    """How many have been sorted in."""

    def only(self, cls: Class) -> Class:
        """The one class of the file that is made of this one, which sets up more of what the methods use."""
        known = self.machine.classes
        for other in _fresh(known, self.classes):
            if other.module.path == self.machine.home:
                for serial in _serials(other):
                    self.derived.setdefault(serial, []).append(other)
        self.classes = len(known)
        found = self.derived.get(cls.serial, ())
        return next(other for other in found if other is not cls) if len(found) == 2 else cls

    def instance(self, cls: Class) -> Instance | None:
        """The first that was made, of a class or a derived one."""
        known = self.machine.instances
        for instances in _fresh(known, self.instances):
            for serial in _serials(instances[0].cls):
                self.made.setdefault(serial, instances[0])
        self.instances = len(known)
        return self.made.get(cls.serial)


def _fresh(known: Mapping[tuple[str, int], _T], seen: int) -> list[_T]:
    """What was added after the first `seen`."""
    return list(islice(known.values(), seen, None)) if len(known) > seen else []


def _serials(cls: Class) -> Iterator[int]:
    return (each.serial for each in ancestors(cls) if isinstance(each, Class))
