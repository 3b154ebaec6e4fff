"""Calculating with what a program writes out: the value of a loss for given weights and given data.

Only what is certain is calculated: a function that is not known, or data from a file, end it.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import NamedTuple

from nnlint.analysis.containers import items_of
from nnlint.analysis.limits import LIMITS
from nnlint.analysis.notes import Formula, Notes
from nnlint.analysis.values import Constant, List, Place, Tensor, Tuple, Unknown, Value

__all__ = ["Array", "Calculation", "NotKnown", "passed"]


class NotKnown(Exception):
    """Something is not written out."""


class Array(NamedTuple):
    """Numbers, row by row."""

    shape: tuple[int, ...]
    numbers: list[float]


class Calculation:
    """One value of everything: the weights as given, zero where not; data that are not known all `free`.

    fed: what placeholders stand for.
    """

    def __init__(
        self,
        formulas: dict[Place, Formula],
        fed: dict[Place, Value],
        weights: dict[Place, Array],
        free: float = 0.0,
    ) -> None:
        self.formulas, self.fed, self.weights, self.free = formulas, fed, weights, free
        self.known: dict[Place, Array] = {}
        self.work = 0

    def value(self, value: Value | None) -> Array:
        """The numbers of a value."""
        if isinstance(value, Constant) and isinstance(value.value, (int, float)):
            return Array((), [float(value.value)])
        if isinstance(value, (List, Tuple)):
            return self._nested(value.items if isinstance(value, Tuple) else items_of(value))
        place = value.place if isinstance(value, (Tensor, Unknown)) else None
        if place is None:
            raise NotKnown
        if place not in self.known:
            self.known[place] = self._made(place)
        return self.known[place]

    def _nested(self, items: tuple[Value, ...]) -> Array:
        rows = [self.value(item) for item in items]
        if not rows or any(row.shape != rows[0].shape for row in rows):
            raise NotKnown
        return self._checked((len(rows), *rows[0].shape), [each for row in rows for each in row.numbers])

    def _checked(self, shape: tuple[int, ...], numbers: list[float]) -> Array:
        self.work += len(numbers) + 1
        if self.work > LIMITS.numbers:
            raise NotKnown
        return Array(shape, numbers)

    def _made(self, place: Place) -> Array:
        if place in self.fed:
            try:
                return self.value(self.fed[place])
            except NotKnown:
                return Array((), [self.free])
        formula = self.formulas.get(place)
        if formula is None:
            raise NotKnown
        if formula.does == "variable":
            return self._weights(place, self.value(formula.operands[0]).shape)
        operands = [self.value(operand) for operand in formula.operands]
        if formula.does == "dense" and formula.weights is not None and len(operands) == 2:
            return self._dense(formula.weights, *operands)
        return self._calculated(formula.does, operands)

    def _weights(self, place: Place, shape: tuple[int, ...]) -> Array:
        if place not in self.weights:
            self.weights[place] = self._filled(shape, 0.0)
        return self.weights[place]

    def _filled(self, shape: tuple[int, ...], number: float) -> Array:
        if min(shape, default=0) < 0 or prod(shape) > LIMITS.numbers:
            raise NotKnown
        return self._checked(shape, [number] * prod(shape))

    def _dense(self, place: Place, inputs: Array, units: Array) -> Array:
        """A dense layer; its bias is kept beside its weights."""
        if len(inputs.shape) != 2 or units.shape:
            raise NotKnown
        width = int(units.numbers[0])
        product = self._product(inputs, self._weights(place, (inputs.shape[1], width)))
        bias = self._weights(place._replace(node=-place.node - 1), (width,))
        return self._elements(_ELEMENTS["+"], product, bias)

    def _calculated(self, does: str, operands: list[Array]) -> Array:
        first = operands[0] if operands else Array((), [])
        if does == "literal" and len(operands) == 1 and first.shape:
            return first
        if does in _SHAPING:
            return self._shaped(does, first, operands[1:])
        if does in _FILLED:
            sizes = tuple(int(each) for array in operands for each in array.numbers)
            return self._filled(sizes, _FILLED[does] if does != "drawn" else self.free)
        if does in _REDUCED:
            return Array((), [_REDUCED[does](first.numbers)])
        if does in _ELEMENTS and len(operands) == 2:
            return self._elements(_ELEMENTS[does], first, operands[1])
        if does == "square":
            return self._elements(_ELEMENTS["*"], first, first)
        if does in _SQUARED and len(operands) == 2:
            wrong = self._elements(_ELEMENTS["-"], first, operands[1])
            terms = self._elements(_ELEMENTS["*"], wrong, wrong)
            return self._calculated(_SQUARED[does], [terms])
        if does == "@" and len(operands) == 2:
            return self._product(first, operands[1])
        numbers = _listed(does, [each.numbers[0] for each in operands if each.shape == ()])
        return self._checked((len(numbers),), numbers)

    def _shaped(self, does: str, first: Array, rest: list[Array]) -> Array:
        """The same numbers on other axes."""
        if does == "same":
            return first
        if does == "transpose":
            if len(first.shape) != 2:
                raise NotKnown
            rows, columns = first.shape
            return Array(
                (columns, rows), [each for at in range(columns) for each in first.numbers[at::columns]]
            )
        sizes = [int(each) for array in rest for each in array.numbers]
        if does == "unsqueeze":
            at = sizes[0] % (len(first.shape) + 1)
            return Array((*first.shape[:at], 1, *first.shape[at:]), first.numbers)
        count = len(first.numbers)
        known = prod(size for size in sizes if size != -1)
        sizes = [count // known if size == -1 and known else size for size in sizes]
        if prod(sizes) != count:
            raise NotKnown
        return Array(tuple(sizes), first.numbers)

    def _elements(self, function: Callable[[float, float], float], one: Array, other: Array) -> Array:
        rank = max(len(one.shape), len(other.shape))
        shapes = [(1,) * (rank - len(each.shape)) + each.shape for each in (one, other)]
        if any(1 != a != b != 1 for a, b in zip(*shapes, strict=True)):
            raise NotKnown
        shape = tuple(map(max, *shapes)) if rank else ()
        self._checked((), [0.0] * min(prod(shape), LIMITS.numbers))
        lefts, rights = (
            _spread(each.numbers, own, shape) for each, own in zip((one, other), shapes, strict=True)
        )
        return Array(shape, list(map(function, lefts, rights)))

    def _product(self, one: Array, other: Array) -> Array:
        if len(one.shape) != 2 or len(other.shape) != 2 or one.shape[1] != other.shape[0]:
            raise NotKnown
        (rows, inner), columns = one.shape, other.shape[1]
        lines = [one.numbers[row * inner : (row + 1) * inner] for row in range(rows)]
        numbers = [
            sum(map(float.__mul__, line, other.numbers[column::columns]))
            for line in lines
            for column in range(columns)
        ]
        return self._checked((rows, columns), numbers)


def passed(notes: Notes, place: Place, output: Value) -> None:
    """A network gives back what its last layer made, from now on under another place."""
    if isinstance(output, (Tensor, Unknown)) and output.place != place:
        notes.calculated(place, Formula("same", (output,)))


def _spread(numbers: list[float], own: tuple[int, ...], shape: tuple[int, ...]) -> list[float]:
    """Repeat what there is one of along every axis on which the result has more."""
    for axis in range(len(shape)):
        if own[axis] != shape[axis]:
            inner = prod(own[axis + 1 :])
            blocks = [numbers[start : start + inner] for start in range(0, len(numbers), inner)]
            numbers = [each for block in blocks for _ in range(shape[axis]) for each in block]
            own = (*own[:axis], shape[axis], *own[axis + 1 :])
    return numbers


def _listed(does: str, arguments: list[float]) -> list[float]:
    """The numbers of ``arange`` and ``linspace``."""
    if does == "range" and 0 < len(arguments) <= 3:
        start, stop, step = (0.0, *arguments, 1.0) if len(arguments) == 1 else (*arguments, 1.0)[:3]
        count = -int(-(stop - start) // step)
    elif does == "steps" and 2 <= len(arguments) <= 3:
        start, stop, count = arguments[0], arguments[1], int((*arguments, 50.0)[2])
        step = (stop - start) / max(count - 1, 1)
    else:
        raise NotKnown
    if count > LIMITS.numbers:
        raise NotKnown
    return [start + step * position for position in range(count)]


_ELEMENTS: dict[str, Callable[[float, float], float]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: one / other,
    "**": lambda one, other: one**other,
}
_SHAPING = frozenset({"reshape", "same", "transpose", "unsqueeze"})
_FILLED = {"drawn": 0.0, "ones": 1.0, "zeros": 0.0}
_SQUARED = {"mse": "mean", "mse terms": "same", "sse": "sum"}
_REDUCED: dict[str, Callable[[list[float]], float]] = {
    "sum": sum,
    "mean": lambda numbers: sum(numbers) / len(numbers),
}
