"""The arguments of a call: bound to parameters, compared, or gone out of sight."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from nnlint.analysis.values import (
    UNKNOWN,
    Built,
    Constant,
    Function,
    Instance,
    List,
    Mapping,
    Method,
    Obj,
    OneOf,
    Place,
    Tensor,
    Tuple,
    Unknown,
    Value,
)

__all__ = [
    "Args",
    "bind",
    "escape",
    "first_tensor",
    "mark_escaped",
    "memo_key",
    "without_shapes",
    "without_sizes",
]


_NUMBERS = (int, float, str)


class Args(NamedTuple):
    """Evaluated arguments; `open` when a ``*`` or ``**`` of unknown content was among them."""

    positional: tuple[Value, ...]
    keywords: dict[str, Value]
    open: bool

    def before(self, *first: Value) -> Args:
        """The same arguments behind some more."""
        return Args((*first, *self.positional), self.keywords, self.open)


def first_tensor(args: Args) -> Value:
    """The first argument, which is what a network is applied to."""
    if args.positional:
        return args.positional[0]
    return next(iter(args.keywords.values()), UNKNOWN)


def escape(args: Args) -> None:
    """The arguments go to code that cannot be seen: from now on absence proves nothing for them."""
    for value in (*args.positional, *args.keywords.values()):
        mark_escaped(value)


def mark_escaped(value: Value, depth: int = 0) -> None:
    """Mark an object, and what it holds directly, as out of sight."""
    if isinstance(value, Obj) and not value.escaped:
        value.escaped = True
        if depth < 2 and isinstance(value, (List, Mapping, Built, Instance)):
            for inner in value.attrs.values():
                mark_escaped(inner, depth + 1)
    elif isinstance(value, Tuple) and depth < 3:
        for inner in value.items:
            mark_escaped(inner, depth + 1)
    elif isinstance(value, OneOf):
        for inner in value.options:
            mark_escaped(inner, depth)
    elif isinstance(value, Method):
        mark_escaped(value.receiver, depth)


def without_shapes(bound: dict[str, Value]) -> dict[str, Value] | None:
    """The same arguments, sizes forgotten, so that calls that differ in nothing else are one, or None."""
    if not any(isinstance(value, Tensor) and value.shape is not None for value in bound.values()):
        return None
    return {
        name: replace(value, shape=None) if isinstance(value, Tensor) else value
        for name, value in bound.items()
    }


def without_sizes(bound: dict[str, Value]) -> dict[str, Value]:
    """The same arguments, less what tells one layer of a helper from the next: tensors, numbers and names."""
    return {
        name: Unknown(value.place if isinstance(value, Tensor) else None)
        if isinstance(value, Tensor) or (isinstance(value, Constant) and type(value.value) in _NUMBERS)
        else value
        for name, value in bound.items()
    }


def bind(function: Function, args: Args) -> dict[str, Value]:
    """Arguments by parameter name; what is not given and has no default is unknown."""
    bound: dict[str, Value] = {}
    positional = list(args.positional)
    keywords = dict(args.keywords)
    path = function.module.path
    for param in function.node.params:
        if param.kind == "*":
            bound[param.name] = UNKNOWN if args.open else Tuple(tuple(positional))
            positional = []
        elif param.kind == "**":
            rest: dict[str, Value] = {f"k:{name}": value for name, value in keywords.items()}
            if args.open:
                rest["open"] = Constant(True)
            bound[param.name] = Mapping(attrs=rest)
        elif positional and param.kind != "k":
            bound[param.name] = positional.pop(0)
        elif param.name in keywords:
            bound[param.name] = keywords.pop(param.name)
        else:
            default = None if args.open else function.defaults.get(param.name)
            bound[param.name] = Unknown(Place(path, param.id)) if default is None else default
    return bound


def memo_key(function: Function, bound: dict[str, Value]) -> tuple[object, ...]:
    """What tells one execution of a function from another."""
    return (function.serial, *(_key(value) for value in bound.values()))


def _key(value: Value, depth: int = 0) -> object:
    """What of an argument can make a difference to the result."""
    if isinstance(value, Obj):
        if isinstance(value, (List, Mapping)) and depth < 3:
            return (type(value), tuple((name, _key(item, depth + 1)) for name, item in value.attrs.items()))
        return (value.serial, value.version)
    if isinstance(value, Tensor):
        return replace(value, place=None)
    if isinstance(value, Tuple):
        return tuple(_key(item, depth + 1) for item in value.items)
    if isinstance(value, Constant):
        return (type(value.value), value.value)
    if isinstance(value, Unknown):
        return None
    return value
