"""LibCST's parser with cheaper nodes: the same tree, and without the layout of the text where nobody asks.

The native parser makes its nodes by calling the classes it finds in the `libcst` module, by keyword. Two
thirds of these nodes are blanks, commas and brackets, which say nothing about meaning, and the constructor
of every other one sets each frozen field by a call and then validates what the parser has just read. While
a text is parsed here, the module therefore holds other makers: one that throws layout away, and constructors
that set the fields and nothing else. What comes out are nodes of LibCST's own classes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from threading import Lock
from types import SimpleNamespace
from typing import Any

import libcst as cst

__all__ = ["parse_light"]

_LAYOUT = (
    "AssignEqual", "Colon", "Comma", "Comment", "Dot", "EmptyLine", "LeftCurlyBrace", "LeftParen",
    "LeftSquareBracket", "Newline", "ParenthesizedWhitespace", "RightCurlyBrace", "RightParen",
    "RightSquareBracket", "Semicolon", "SimpleWhitespace", "TrailingWhitespace",
)  # fmt: skip
"""Nodes that the lowering never looks at."""

_turn = Lock()
"""The makers are put into a module that all threads share."""


def parse_light(text: str, layout: bool = False) -> cst.Module:
    """The tree of a text as `libcst.parse_module` gives it.

    Without layout it is for reading only: no code can be made of it, and its nodes have no positions.
    Raises `libcst.ParserSyntaxError` as that does.
    """
    makers, own = _makers(layout)
    names = vars(cst)
    with _turn:
        names.update(makers)
        try:
            return cst.parse_module(text)
        finally:
            names.update(own)


@cache
def _makers(layout: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """What stands in for LibCST's classes during a parse, and the classes themselves."""
    own = {
        name: cls
        for name, cls in vars(cst).items()
        if isinstance(cls, type) and issubclass(cls, cst.CSTNode) and dataclasses.is_dataclass(cls)
    }
    makers: dict[str, Any] = {name: _quick(cls) for name, cls in own.items()}
    if not layout:
        makers |= {name: SimpleNamespace for name in _LAYOUT if name in own}
    return makers, own


def _quick(cls: type) -> type:
    """A class whose objects set the fields of a node class and then become objects of that class."""
    space = {"__slots__": (), "__init__": _constructor(cls), "__setattr__": object.__setattr__}
    return type(cls.__name__, (cls,), space)


def _constructor(cls: type) -> Callable[..., None]:
    """An `__init__` for the fields of a node class, which takes every default that its own one takes."""
    given: dict[str, Any] = {"the_class": cls, "absent": object()}
    parameters, lines = ["self", "*"], []
    for field in dataclasses.fields(cls):
        name = value = field.name
        if field.default is not dataclasses.MISSING:
            given[f"default_{name}"] = field.default
            parameters.append(f"{name}=default_{name}")
        elif field.default_factory is not dataclasses.MISSING:
            given[f"make_{name}"] = field.default_factory
            parameters.append(f"{name}=absent")
            value = f"make_{name}() if {name} is absent else {name}"
        else:
            parameters.append(name)
        lines.append(f"    self.{name} = {value}")
    head = f"def __init__({', '.join(parameters if lines else parameters[:1])}):"
    # Written out as `dataclasses` does it, from the names of fields alone: a loop would cost what this saves.
    exec("\n".join((head, *lines, "    self.__class__ = the_class")), given)
    made: Callable[..., None] = given["__init__"]
    return made
