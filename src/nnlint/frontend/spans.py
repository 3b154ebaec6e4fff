"""Where IR nodes stand in the text: worked out anew, only for files that have something to report."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from nnlint.diagnostic import Position, Span
from nnlint.frontend.broken import Disputed
from nnlint.frontend.cst_lower import lower_recording

__all__ = ["Places", "locate"]


@contextmanager
def _deep() -> Iterator[None]:
    """LibCST visits an `elif` inside the one above it, in three calls each: long chains need room."""
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(max(usual, 5_000))
    try:
        yield
    finally:
        sys.setrecursionlimit(usual)


class Places:
    """The concrete nodes of a text by number, and where they stand; the text must be the one lowered.

    Raises Disputed where LibCST cannot read the text, or not follow how deeply it nests.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        try:
            with _deep():
                wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
                self._recorded = lower_recording(wrapper.module)
                self._positions: Mapping[cst.CSTNode, CodeRange] = wrapper.resolve(PositionProvider)
        except (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError, KeyError) as error:
            raise Disputed from error  # KeyError: the provider's way out of a recursion that was too deep
        self.module = wrapper.module

    def node(self, number: int) -> cst.CSTNode | None:
        """The concrete node an IR node was made of."""
        return self._recorded[number] if 0 <= number < len(self._recorded) else None

    def span(self, node: cst.CSTNode) -> Span | None:
        """Where a node stands, parentheses around it left out."""
        place = self._positions.get(node)
        if place is None:
            return None
        start = Position(place.start.line, place.start.column + 1)
        return Span(start, Position(place.end.line, place.end.column + 1))

    def spans(self, numbers: set[int]) -> dict[int, Span]:
        """The spans of the given node numbers."""
        nodes = ((number, self.node(number)) for number in numbers)
        found = ((number, self.span(node)) for number, node in nodes if node is not None)
        return {number: span for number, span in found if span is not None}

    def parents(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """What a node stands in, innermost first."""
        outer = self._outer.get(node)
        while outer is not None:
            yield outer
            outer = self._outer.get(outer)

    def imported(self) -> frozenset[str]:
        """The names that imports at the top level bind."""
        return frozenset(_imports(self.module))

    @cached_property
    def _outer(self) -> dict[cst.CSTNode, cst.CSTNode]:
        found: dict[cst.CSTNode, cst.CSTNode] = {}
        waiting: list[cst.CSTNode] = [self.module]
        while waiting:
            node = waiting.pop()
            for child in node.children:
                found[child] = node
                waiting.append(child)
        return found


def _imports(module: cst.Module) -> Iterator[str]:
    for line in module.body:
        for statement in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(statement, (cst.Import, cst.ImportFrom)) and not isinstance(
                statement.names, cst.ImportStar
            ):
                for alias in statement.names:
                    name: cst.CSTNode = alias.name if alias.asname is None else alias.asname.name
                    while isinstance(name, cst.Attribute):
                        name = name.value
                    if isinstance(name, cst.Name):
                        yield name.value


def locate(text: str, numbers: set[int]) -> dict[int, Span]:
    """The spans of the given node numbers; the text must be the one that was lowered."""
    return Places(text).spans(numbers)
