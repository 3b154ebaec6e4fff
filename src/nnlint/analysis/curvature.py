"""Gradient descent on a quadratic: whether its rate is too high for the very data it is given.

A linear model under a squared error has a loss that is quadratic in its weights. A step of plain gradient
descent multiplies the error along each main axis by ``1 - rate * curvature``: where ``rate * curvature`` is
more than 2, it grows; with momentum, where it is more than ``2 * (1 + momentum)``.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite, sqrt
from typing import TYPE_CHECKING

from nnlint.analysis.limits import LIMITS
from nnlint.analysis.notes import Formula
from nnlint.analysis.quantities import Array, Calculation, NotKnown
from nnlint.analysis.settings_events import Diverging
from nnlint.analysis.values import Constant, Place, Value

if TYPE_CHECKING:
    from nnlint.analysis.machine import Machine

__all__ = ["diverging", "steepest"]

_ROUNDS = 60


def diverging(machine: Machine) -> Iterator[Diverging]:
    """Every rate that is too high for the data that all the steps of its optimizer are given."""
    notes = machine.notes
    for operation, runs in notes.trained.items():
        optimizer, _ = notes.minimized[operation]
        setting = machine.settings.rates.get(optimizer.serial)
        steep, place = runs[0]
        if setting is None or setting.value is None or notes.clipped or any(run != runs[0] for run in runs):
            continue
        momentum = optimizer.args.get("momentum", Constant(0))
        if not isinstance(momentum, Constant) or not isinstance(momentum.value, (int, float)):
            continue
        most = 2 * (1 + momentum.value)
        if setting.value * steep > most:
            yield Diverging(setting, most / steep, place)


def steepest(formulas: dict[Place, Formula], fed: dict[Place, Value], loss: Value) -> float:
    """The curvature of a loss along its steepest axis; 0 where it is no quadratic, or not known."""
    try:
        first, second = (_Quadratic(formulas, fed, loss, free) for free in (0.0, 1.0))
    except (NotKnown, ArithmeticError, LookupError, TypeError, ValueError, RecursionError):
        return 0.0  # what goes wrong in the program goes wrong here, too: a root of a negative number
    if not all(
        _near(a, b)
        for row, other in zip(first.curvature, second.curvature, strict=True)
        for a, b in zip(row, other, strict=True)
    ):
        return 0.0
    return first.steepest()


class _Quadratic:
    """A loss as a function of all its weights, taken as one row of numbers."""

    def __init__(
        self, formulas: dict[Place, Formula], fed: dict[Place, Value], loss: Value, free: float
    ) -> None:
        self.given = formulas, fed, loss, free
        self.start: dict[Place, Array] = {}
        self.lowest = self._at(self.start)
        self.size = sum(len(array.numbers) for array in self.start.values())
        if not 0 < self.size <= LIMITS.weights:
            raise NotKnown
        axes = [[float(at == axis) for at in range(self.size)] for axis in range(self.size)]
        self.along = [self(axis) for axis in axes]
        self.curvature = [
            [self._mixed(i, j, _added(one, other)) for j, other in enumerate(axes)]
            for i, one in enumerate(axes)
        ]
        self._check()

    def _at(self, weights: dict[Place, Array]) -> float:
        formulas, fed, loss, free = self.given
        found = Calculation(formulas, fed, weights, free).value(loss)
        if found.shape != () or not isfinite(found.numbers[0]):
            raise NotKnown
        return found.numbers[0]

    def __call__(self, numbers: list[float]) -> float:
        """The loss for these weights."""
        weights, at = {}, 0
        for place, array in self.start.items():
            weights[place] = Array(array.shape, numbers[at : at + len(array.numbers)])
            at += len(array.numbers)
        return self._at(weights)

    def _mixed(self, i: int, j: int, both: list[float]) -> float:
        """The second difference along two axes, which of a quadratic is its second derivative."""
        return self(both) - self.along[i] - self.along[j] + self.lowest

    def _check(self) -> None:
        """Hold it against the quadratic with this slope and curvature, elsewhere."""
        slope = [along - self.lowest - self.curvature[i][i] / 2 for i, along in enumerate(self.along)]
        for factor in (-3.0, 0.7):
            numbers = [factor * (1 + at % 3) for at in range(self.size)]
            bent = self._bent(numbers)
            expected = self.lowest + sum(map(float.__mul__, slope, numbers))
            expected += sum(map(float.__mul__, bent, numbers)) / 2
            if not _near(self(numbers), expected):
                raise NotKnown

    def _bent(self, numbers: list[float]) -> list[float]:
        return [sum(map(float.__mul__, row, numbers)) for row in self.curvature]

    def steepest(self) -> float:
        """The curvature along a direction that is found by following it: never more than the largest."""
        direction = [1.0 + 0.1 * at for at in range(self.size)]
        for _ in range(_ROUNDS):
            bent = self._bent(direction)
            length = sqrt(sum(each * each for each in bent))
            if not isfinite(length) or length == 0:
                return 0.0
            direction = [each / length for each in bent]
        return sum(map(float.__mul__, self._bent(direction), direction))


def _added(one: list[float], other: list[float]) -> list[float]:
    return [a + b for a, b in zip(one, other, strict=True)]


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(one), abs(other))
