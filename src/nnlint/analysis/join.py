"""What is known where paths meet: agreement is kept, disagreement becomes unknown."""

from __future__ import annotations

from nnlint.analysis.limits import LIMITS
from nnlint.analysis.provenance import met
from nnlint.analysis.shapes import joined
from nnlint.analysis.values import (
    NONE,
    UNKNOWN,
    Built,
    Class,
    Constant,
    External,
    Method,
    Obj,
    OneOf,
    Origin,
    Place,
    Provenance,
    Tensor,
    Tuple,
    Unknown,
    Value,
)
from nnlint.knowledge.spec import Layer, Scale

__all__ = ["join", "join_all", "options", "returned"]


def join(one: Value, other: Value) -> Value:
    """The least value that covers both. Commutative up to the order of origins, and idempotent."""
    if one is other or one == other:
        return one
    if isinstance(one, Tensor) and isinstance(other, Tensor):
        return _tensors(one, other)
    if isinstance(one, Tuple) and isinstance(other, Tuple) and len(one.items) == len(other.items):
        return Tuple(tuple(map(join, one.items, other.items)))
    if isinstance(one, Tuple) and isinstance(other, Tuple):
        return _with_dropout(one, other)
    if _is_choice(one) and _is_choice(other):
        return _choice(one, other)
    return UNKNOWN


def _with_dropout(one: Tuple, other: Tuple) -> Value:
    """A list of layers to which one path added dropout: it changes nothing of what the others compute."""
    short, long = sorted((one.items, other.items), key=len)
    added = long[len(short) :]
    if long[: len(short)] == short and all(map(_is_dropout, added)):
        return Tuple(long)
    return UNKNOWN


def _is_dropout(value: Value) -> bool:
    does = value.entry.does if isinstance(value, Built) else None
    return isinstance(does, Layer) and does.kind == "dropout"


def join_all(values: list[Value], place: Place | None = None) -> Value:
    """The join of several values; unknown for none. place: where it comes from if it is unknown."""
    if not values:
        return UNKNOWN
    result = values[0]
    for value in values[1:]:
        result = join(result, value)
    return Unknown(place) if result == UNKNOWN and place is not None else result


def returned(values: list[Value]) -> Value:
    """What a call gives back; unknown for none.

    None beside data is what a function gives back that failed: whoever goes on has the data.
    """
    data = [value for value in values if not _is_nothing(value)]
    if len(data) < len(values) and data and all(isinstance(value, (Tensor, Tuple)) for value in data):
        return join_all(data)
    return join_all(values)


def _is_nothing(value: Value) -> bool:
    if isinstance(value, Tuple):
        return bool(value.items) and all(item == NONE for item in value.items)
    return value == NONE


def options(value: Value) -> tuple[Value, ...]:
    """The objects a value may be; itself unless paths disagreed."""
    return value.options if isinstance(value, OneOf) else (value,)


def _is_choice(value: Value) -> bool:
    if isinstance(value, Constant):
        return value.value is None
    return isinstance(value, (Obj, OneOf, External, Class, Method))


def _choice(one: Value, other: Value) -> Value:
    merged = list(options(one))
    merged += [option for option in options(other) if option not in merged]
    if len(merged) - (NONE in merged) > LIMITS.alternatives:
        return UNKNOWN  # None, before one of them was chosen, is no further one
    return OneOf(tuple(merged))


def _origins(one: tuple[Origin, ...], other: tuple[Origin, ...]) -> tuple[Origin, ...]:
    if one == other:
        return one
    return tuple(dict.fromkeys((*one, *other)))[: LIMITS.origins]


def _tensors(one: Tensor, other: Tensor) -> Tensor:
    same = one.scale is other.scale and one.function == other.function
    return Tensor(
        place=one.place if one.place == other.place else None,
        scale=one.scale if same else Scale.UNKNOWN,
        function=one.function if same else "",
        because=_origins(one.because, other.because) if same else (),
        made=one.made if one.made == other.made else "",
        by=one.by if one.by == other.by else "",
        units=one.units if one.units == other.units else None,
        axis=one.axis if one.axis == other.axis else "",
        shifted=one.shifted or other.shifted,
        rectified=one.rectified if one.rectified == other.rectified else None,
        attached=one.attached if one.attached == other.attached else None,
        measure=one.measure if one.measure == other.measure else None,
        data=one.data if one.data == other.data else _met(one.data, other.data),
        shape=joined(one.shape, other.shape),
    )


def _met(one: Provenance | None, other: Provenance | None) -> Provenance | None:
    return None if one is None or other is None else met(one, other)


def same_unknown(one: Value, other: Value) -> bool:
    """Whether two values are certainly the same run-time value."""
    if isinstance(one, (Tensor, Unknown)) and isinstance(other, (Tensor, Unknown)):
        return one.place is not None and one.place == other.place
    return one is other
